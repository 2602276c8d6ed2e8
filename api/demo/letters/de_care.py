"""German letters on the edges around the patient: laboratory, radiology, pharmacy, theatres, beds."""

LETTERS = {
    "ward>laboratory": """
c Der Kaliumwert aus Zimmer {room} sah nach Hämolyse aus, und statt ihn einfach rauszugeben, <hast du|habt ihr>
  angerufen und eine neue Abnahme vorgeschlagen. Der zweite war normal. [Wir hätten sonst unnötig behandelt.|Die
  Infusion lag schon bereit, wir haben sie wieder weggehängt.]

c Zwei Röhrchen waren bei uns vertauscht. <Du hast|Ihr habt> es an den Vorwerten gemerkt und **vor der Freigabe
  angerufen**. Mir wird [heute noch flau|jetzt noch ganz anders], wenn ich daran denke, was sonst in der Kurve
  gestanden hätte.

r Die Blutkultur aus Zimmer {room} wurde nachts um {1:20-4:40} positiv, und <du hast|ihr habt> nicht bis zur
  Frühschicht gewartet. Das Antibiotikum lief {20-45} Minuten nach dem Anruf.

k Die Patientin in Zimmer {room} hat [solche|furchtbare] Angst vor Nadeln. <Du bist|Ihr seid> mit dem Kinderset
  hochgekommen und <hast|habt> so lange nach ihrem Hund gefragt, bis alles vorbei war.

a <Du hast|Ihr habt> gefragt, warum wir [an einem Tag|in einer Schicht] dreimal dasselbe anfordern. Die Antwort war
  peinlich (unsere Vorlage war falsch), aber jetzt stimmt sie. Spart uns beiden etwa {15-30} Röhrchen die Woche.

r Alle Morgenwerte vor der Visite da, die ganze Woche, auch am {day} mit halber Besetzung. [Der Oberarzt hat
  gefragt, ob die Uhr falsch geht.|Die Visite war {15-30} Minuten früher fertig, das gab es seit Ostern nicht.]

t Die Rohrpost stand ab {13:10-16:30}, und <du hast|ihr habt> jede halbe Stunde jemanden zu uns geschickt, statt zu
  warten, dass wir laufen. Wir waren an dem Nachmittag zu dritt für {24-32} Betten.

c <Du hast|Ihr habt> den Verlauf vom Troponin gesehen, [nicht nur den einzelnen Wert|alle drei Werte
  nebeneinander], und oben angerufen. {20-50} Minuten später war der Patient [auf der Intensiv|im Herzkatheter].

k Ich war am Telefon ziemlich kurz angebunden, {lately} in der Übergabe. <Du bist|Ihr seid> freundlich geblieben und
  <hattest|hattet> die Antwort trotzdem. Tut mir leid, und danke.

r Nur kurz: Das nachgeforderte Calcium [war da, bevor ich aufgelegt hatte|stand im System, bevor ich zurück im
  Zimmer war]. 👏

t Unsere Auszubildende durfte einen ganzen Vormittag im Labor mitlaufen. Seitdem schwenkt sie die Citratröhrchen
  richtig, und die halbe {ours} hat es inzwischen von ihr gelernt.

c Gerinnung unplausibel, Heparin im Zugang: <Du hast|Ihr habt> es schon vermutet, bevor ich zugeben konnte, wo ich
  abgenommen habe. [Zweite Probe vom anderen Arm, alles gut.|Die zweite Probe war in Ordnung, und die OP blieb im
  Plan.]

a „Waren die Laktatproben ohne Eis unterwegs?" Waren sie, alle {2-4}. Jetzt hängt bei uns ein Zettel am Kühlschrank,
  und es wird [trotzdem|hoffentlich] nie wieder passieren.

r Was am {day} bei uns nicht ging: // - der Drucker // - die Rohrpost // - mein Kaffee // Was ging: das Labor. Alle
  Notfallwerte in unter {30-45} Minuten.

k Der Sohn der Patientin aus Zimmer {room} stand um {21:10-22:40} im Labor und wollte „die Ergebnisse". <Du hast|Ihr
  habt> ihn nicht stehen lassen, sondern zu uns hochgebracht. Er hat sich später [bei mir entschuldigt|mit einer
  Tafel Schokolade entschuldigt].

t Wir haben zusammen herausgefunden, warum die Urinproben der {ours} immer zu spät kamen: Rundgang um
  {10:10-10:50}, Abnahme um elf. Jetzt ist der Rundgang um halb zwölf. [Drei Jahre lang hat das keiner
  gemerkt.|So einfach, und keiner hatte mal nachgesehen.]

c Das Blutbild aus Zimmer {room} kam mit dem Satz „Ausstrich angesehen, bitte heute noch Hämatologie". Ohne den
  Satz wäre es im Stapel liegen geblieben. Der Patient ist [verlegt und gut versorgt|seit gestern in Behandlung].

r Kreuzprobe für {2-4} Konserven, angefordert um {14:00-16:00}, fertig nach {35-50} Minuten. Der Patient ist
  [inzwischen zu Hause|heute zum ersten Mal wieder aufgestanden].

k <Du hast|Ihr habt> bei der Abnahme in Zimmer {room} gemerkt, dass die Dame seit Stunden nichts getrunken hat, und
  Bescheid gesagt. Das steht auf keiner Anforderung.

t Am {day} hatten wir {5-9} Aufnahmen in einer Stunde und nur ein Abnahmetablett. <Du bist|Ihr seid> hochgekommen und
  <hast|habt> mitgestochen. {@us} redet immer noch davon.

a „Warum kommt der TSH bei euch immer am Entlasstag?" Weil wir zu spät dran denken. Steht jetzt auf dem Aufnahmebogen der {ours}.

k Blutabnahme bei der Patientin mit den schlechten Venen: Beim ersten Mal getroffen, danach noch fünf Minuten gewartet, bis ihr nicht mehr schwindlig war.
""",
    "icu>laboratory": """
r Massentransfusion am {day}, und in {40-70} Minuten kamen {#6-14} Blutgase, drei Gerinnungen und kein einziger Rückruf
  nach dem Etikett. [Schwer zu erklären|Ich kann schlecht beschreiben], wie sich das auf unserer Seite anfühlt, wenn es einfach läuft.

c <Du hast|Ihr habt> das fallende Hämoglobin aus drei Proben zusammengesetzt und angerufen, bevor der Monitor
  etwas sagte. [Der Mann in Bett {#1-14} hatte|Bett {#1-14} hatte, wir alle hatten] eine ruhige Nacht.

r Das Prokalzitonin um {3:10-4:50} war [eigentlich|streng genommen] Sache der Frühschicht. <Du hast|Ihr habt> es
  trotzdem angesetzt. Wir konnten das Antibiotikum {6-9} Stunden früher umstellen.

t Ausfall vom Blutgasgerät bei uns, {lately}. Eine halbe Stunde später stand das Ersatzgerät an Bett {#1-14}, kalibriert
  und angeschlossen, und <du bist|ihr seid> geblieben, bis die erste Messung stimmte.

k Nach der Reanimation <hast du|habt ihr> nicht nach der fehlenden Anforderung gefragt, sondern erst mal, ob bei uns
  alle in Ordnung sind. [Die Anforderung kam später. Die Frage war wichtiger.|Das hat gutgetan.]

c Natrium 118, und <du hast|ihr habt> gefragt, an welchem Arm die Glukose lief. Am selben. [Danke, dass wir den
  Patienten nicht behandelt haben, sondern die Abnahme.|Neue Probe, neuer Wert: 137.]

a Warum brauchen wir eigentlich alle sechs Stunden ein großes Blutbild? <Du hast|Ihr habt> gefragt, wir hatten keine gute
  Antwort. Jetzt sind es {2-3} am Tag, und unsere Patienten behalten ihr Blut.

r Der Keim aus Bett {#1-14} ist am {day} bestimmt worden, einen Tag schneller als im Lehrbuch, samt Resistenzen. Wir haben
  von drei Antibiotika zwei abgesetzt.

t Kurzfassung der Nacht: Dialyse an zwei Betten, Kalium alle {#30-60} Minuten, und jedes Mal war das Ergebnis vor der
  Pflege zurück am Bett. <Meld dich|Meldet euch>, wenn wir mal was für die Nachtschicht im Labor tun können. 🌙

c Der Medikamentenspiegel kam mit der Notiz „Abnahmezeit bitte prüfen, passt nicht zur Gabe". Passte wirklich nicht,
  wir hatten die Uhr noch auf Winterzeit.

k Ich habe {lately} dreimal hintereinander wegen derselben Probe angerufen. Dreimal dieselbe ruhige Stimme. Beim dritten
  Mal war sie fertig.

r Blutgruppe, Antikörper, {4-8} Konserven gekreuzt, alles am Sonntagmorgen mit einer Person im Dienst. Wie <du|ihr>
  das gemacht <hast|habt>, [weiß ich nicht|ist mir ein Rätsel]. Der Patient lebt.

r Samstagnacht, {#9-14} Betten, {60-90} Proben, eine Person im Labor. Kein Wert kam später als {35-45} Minuten. Ich hoffe, es gab irgendwann etwas zu essen.

k Am Telefon klang ich wohl müde. Eine Viertelstunde später lag mit dem Befund eine Tafel Schokolade in der Rohrpost. 🍫

c Hämolyse, dritte Probe in Folge. <Du bist|Ihr seid> hochgekommen und <hast|habt> gesehen, dass unser neuer Adapter schuld ist. Alle {40-80} Stück sind inzwischen
  zurückgeschickt.

t Wir haben die Notfallkarte gemeinsam geschrieben: welches Röhrchen, welche Nummer, wer läuft. Sie hing keinen Tag, da haben wir sie gebraucht.

a <Du hast|Ihr habt> nachgefragt, ob der Laktatwert wirklich zu Bett {#1-14} gehört. Gehörte er nicht. Danke fürs Nichtglauben.
""",
    "theatres>laboratory": """
r Die Gerinnung vor der Gefäß-OP lag auf dem Tisch, bevor der Patient eingeschleust war. Saal {#1-6} hat um
  {7:30-7:50} [pünktlich begonnen|geschnitten], zum ersten Mal in dieser Woche.

c Antikörpersuchtest positiv, {2-3} Stunden vor der Hüfte. <Du hast|Ihr habt> nicht gemailt, sondern im Saal angerufen.
  Die passenden Konserven kamen, bevor wir sie brauchten. [Und wir haben sie gebraucht.|]

t {3-6} Erythrozytenkonzentrate in {18-30} Minuten, zu Fuß, weil der Aufzug stand. Ich habe <dich|euch> im dritten Stock
  schnaufen gehört. Großes Kino.

c <Du hast|Ihr habt> gemerkt, dass auf dem Begleitschein die falsche Seite stand. Das Präparat stimmte, der Schein nicht.
  [Er stimmt jetzt, und wir prüfen ihn zu zweit.|Wir lesen ihn seitdem laut vor.]

r Kalzium, Laktat, Hb, alle zwanzig Minuten, über {4-6} Stunden. Kein Wert fehlte. Die Anästhesie sagt, das war
  ihre entspannteste Aorta [seit Jahren|dieses Jahr].

a Auf die Frage, ob wir die Konserven bis abends reserviert brauchen, sage ich ab jetzt ehrlich: meistens nicht.
  {8-15} Stück gehen seit {day} wieder zurück, statt zu verfallen. Gut, dass <du|ihr> gefragt <hast|habt>.

k Unsere neue Springerin hat die Röhrchen in der falschen Reihenfolge gebracht und war den Tränen nah. <Du hast|Ihr
  habt> ihr die Reihenfolge auf ein Pflaster geschrieben. Das klebt jetzt auf ihrem Ausweis. 🙂

r Schilddrüse, {2-3} Parathormon-Schnelltests mitten im Eingriff, jedes Ergebnis unter {14-18} Minuten. Wir konnten zunähen, als es Zeit war.

k Ich habe am Telefon den falschen Patienten genannt, zweimal. <Du bist|Ihr seid> ruhig geblieben und <hast|habt> so lange nachgefragt, bis Name und Saal
  zusammenpassten.

t Konservenkühlschrank im OP auf Störung, {lately}. Alle {9-14} Beutel waren in fünf Minuten bei euch und keiner war verloren.

c <Du hast|Ihr habt> am Blutbild gesehen, dass die Infusion danebengelaufen sein musste. Wir haben unters Tuch geschaut: stimmt.

r Notsectio um {2:40-4:45}, Kreuzblut vor dem Hautschnitt. Mutter und Kind geht es gut, {2900-3900} Gramm, ein Mädchen. 💛

a Ob wir die Gerinnung auch als Kurve brauchen können? Und ob. Sie hängt jetzt neben dem Narkosegerät.

t Für die neue Knochenbank <hast du|habt ihr> mit uns {3-4} Abende lang Formulare gelesen. Ich verspreche, das nächste Projekt wird kürzer.

c Röhrchen fast leer, Wert unplausibel. <Du hast|Ihr habt> nicht geraten, sondern um Nachschub gebeten, und der zweite Wert hat den Plan geändert.
""",
    "ward>radiology": """
r Das Röntgen in Zimmer {room} war für den Nachmittag geplant. <Du hast|Ihr habt> es zwischen zwei CTs geschoben, und
  die Drainage konnte vor der Übergabe raus.

k Der Herr in Zimmer {room}, fast taub und voller Sorge vor der Röhre. <Du hast|Ihr habt> ihm jeden Schritt auf ein Blatt
  geschrieben und hochgehalten. Er hat das Blatt [behalten|seiner Frau gezeigt]. ❤️

c Auf dem Thorax war ein Fremdkörper zu sehen, nach dem niemand gefragt hatte: [eine Zahnbrücke|ein Stück Zahnprothese].
  <Du hast|Ihr habt> angerufen, bevor wir das Essen verteilt haben.

t Der Transport kam nicht, also <bist du|seid ihr> selbst hochgekommen und <hast|habt> den Patienten aus Zimmer {room}
  geholt. Und wiedergebracht. Und zugedeckt.

r Kontrastmittel trotz schlechter Nierenwerte? <Du hast|Ihr habt> mit dem Stationsarzt telefoniert und ein Protokoll ohne
  vorgeschlagen. Der Befund war [genauso brauchbar|eindeutig], die Niere hat nichts abbekommen.

c „Metall im Körper: nein" stand auf unserem Bogen. <Du hast|Ihr habt> beim Gespräch die Narbe gesehen und nachgefragt.
  **Ein Schrittmacher.** Der Bogen geht bei uns jetzt durch zwei Hände.

a <Du hast|Ihr habt> gefragt, was wir auf der {ours} mit dem Befund eigentlich als Erstes machen. Seitdem steht die
  Beurteilung oben. Klingt klein, spart jeden Morgen {10-20} Minuten.

k Unsere Patientin mit Demenz hat nach ihrer Mutter gerufen. <Du hast|Ihr habt> die Untersuchung nicht abgebrochen
  und nicht durchgezogen, sondern mit ihr [gesungen|ein Lied gesummt]. Danach ging es.

r Vier Untersuchungen, ein Patient, ein Transport. <Du hast|Ihr habt> Ultraschall, CT und beide Röntgen so gelegt, dass
  er nur einmal aus dem Bett musste. Mit frischer Hüfte ist das [viel wert|kein Detail].

t CT-Ausfall am {day}, {6-11} Patienten von uns auf der Liste. Um {15:30-17:30} waren alle untersucht, drei davon
  drüben in der Ambulanz. Wir mussten keinen einzigen vertrösten.

c Der Befund kam mit einem Pfeil im Bild und dem Satz „hier, bitte heute noch drauf schauen". So übersieht das [um drei
  Uhr nachts|am Ende eines Doppeldienstes] niemand.

r Anmeldung {9:10-10:40}, Bild {11:00-11:45}, Befund vor dem Mittagessen. Der Patient konnte wie versprochen nach
  Hause, seine Tochter war extra aus Kassel gekommen.

k Die Kollegin am CT hat gehört, dass unser Patient seit dem Vorabend nüchtern ist, und ihn vorgezogen. Hinterher gab es
  sogar noch einen warmen Teller. Bitte ausrichten!

t <Du hast|Ihr habt> unseren Pflegeschülern gezeigt, wie ein Patient für das Becken-CT gelagert wird. {lately} hat eine
  davon mir gezeigt, dass ich es seit Jahren falsch mache.

c Doppelt angefordert, einmal von uns, einmal von der Notaufnahme. <Du hast|Ihr habt> es gesehen und eine gestrichen.
  Eine Strahlendosis weniger für eine {24-39}-jährige Patientin.

a Ob der Patient mit Bett oder Stuhl kommt, steht jetzt als Pflichtfeld in der Anmeldung. <Deine|Eure> Idee, weil
  <du|ihr> gefragt <hast|habt>, warum {day} zweimal das falsche Ding vor der Tür stand.

r Freitag, {16:20-17:50}, eine verdrehte Schulter. Wer da noch freundlich „bringt sie runter" sagt, hat bei mir etwas
  gut.

k Die Patientin aus Zimmer {room} spricht nur Ukrainisch. <Du hast|Ihr habt> „einatmen, Luft anhalten, weiteratmen" auf
  Ukrainisch gelernt. Drei Wörter, und sie hat [zum ersten Mal gelächelt|die ganze Zeit gelächelt].
""",
    "icu>radiology": """
r Bett-Thorax um {4:10-5:50}, zum vierten Mal in der Nacht, wieder ein Lächeln und wieder ein Bild, auf dem man die
  Katheterspitze sieht.

c <Du hast|Ihr habt> auf der Aufnahme von Bett {#1-14} den Pneu gesehen, bevor das Bild im Archiv war, und es einfach laut
  gesagt. Die Drainage lag {8-14} Minuten später.

t Schädel-CT mit Beatmung, {4-6} Perfusoren und zwei Drainagen. <Du hast|Ihr habt> den Raum schon umgebaut, bevor wir aus
  dem Aufzug kamen. Nichts abgerissen, niemand geflucht.

k Die Familie stand im Flur, als wir mit dem Bett zurückkamen. <Du hast|Ihr habt> angehalten und ihnen eine Minute
  gegeben. Wir hätten in der Eile nicht daran gedacht.

r Das mobile Gerät streikte an Bett {#1-14}. Statt auf den Techniker zu warten, <hast du|habt ihr> das zweite aus der
  Ambulanz geholt, quer durchs ganze Haus. {12-25} Minuten, ich habe auf die Uhr geschaut.

c Der Tubus saß zu tief, um {2-3} Zentimeter. <Du hast|Ihr habt> es vor uns gesehen. [Punkt.|Mehr muss ich nicht
  sagen.]

a Könnten die Morgen-Thoraxe nicht vor dem Lagern kommen statt danach? <Du hast|Ihr habt> gefragt, und wir haben die
  Runde gedreht. Seitdem müssen wir jeden Patienten einmal weniger anheben.

t Drei Ultraschalle am Bett hintereinander, weil keiner der drei fahren konnte. <Du hast|Ihr habt> das Gerät über zwei Stockwerke geschoben, der Aufzug war
  belegt.

k Die Patientin war wach, beatmet und hatte Angst vor der Platte im Rücken. <Du hast|Ihr habt> sie in ein Handtuch gewickelt und vorgewärmt.

r Befund um {5:15-6:20} diktiert, damit er zur Frühbesprechung da ist. Wir haben daraufhin ein Bett geplant und keines gesucht.

c „Schaut euch mal die Sonde an, die liegt in der Lunge." Zwei Sätze am Telefon, bevor die Nahrung lief.

a <Du hast|Ihr habt> gefragt, ob wir nach jedem Katheter wirklich röntgen müssen, wenn der Ultraschall schon passt. Müssen wir nicht. Macht {6-10} Bilder weniger
  in der Woche.

t Kontrastmittel-CT mit {3-4} Leuten, von denen einer nur die Kabel gehalten hat. Der eine <warst du|wart ihr>. Unterschätzter Posten.

r Nach dem Wasserschaden stand das CT {2-3} Tage. <Du hast|Ihr habt> jede unserer Fahrten ins Nachbarhaus organisiert, mit Rettungswagen, Arzt und Rückfahrt.
""",
    "theatres>radiology": """
r Der Bildwandler in Saal {#1-6} fiel mitten in der Tibia aus. <Du warst|Ihr wart> in {5-8} Minuten mit dem zweiten da
  und <hast|habt> ihn gleich bedient. Narkoseverlängerung: eine Viertelstunde statt einer Stunde.

c <Du hast|Ihr habt> im Team-Time-out gesagt, dass die hängenden Bilder zur anderen Seite gehören. **Links ist
  links.** [Alle haben durchgeatmet.|Wir haben noch einmal von vorn begonnen, zum Glück.]

t {3-5} Stunden Wirbelsäule unter Bleischürze, ohne eine Ablösung zu verlangen. Wir haben für <dich|euch> ein Eis ins
  Gefrierfach von Saal {#1-6} gelegt. Wirklich.

r Die Planungsaufnahmen für die Knie waren am {day} vollständig und mit Messkugel. Kein Nachröntgen, keine geschätzten
  Größen. Alle {3-6} Prothesen passten beim ersten Versuch.

a <Du hast|Ihr habt> gefragt, ob wir wirklich jedes Bild speichern müssen. Müssen wir nicht. Der Patient bekommt weniger
  Strahlung und wir weniger zu klicken.

k Der Patient war wach und hörte alles. <Du hast|Ihr habt> ihm bei jedem Bild gesagt, was es gleich piept und warum. Er
  wollte hinterher <deinen|eure> Namen wissen.

r 3D-Scan im Saal, {7-11} Minuten Aufbau, Schrauben gleich kontrolliert. Eine davon haben wir noch einmal gesetzt, statt nächste Woche.

c <Du hast|Ihr habt> gesehen, dass auf dem Bild eine Kompresse liegt. Gezählt war richtig, gelegt nicht. Ich bin immer noch dankbar.

k Unsere neue Assistenzärztin hat beim Durchleuchten alles verkehrt herum gehalten. <Du hast|Ihr habt> ihr das in einem Satz erklärt und nie wieder erwähnt.

t Gefäß-OP bis {21:20-23:40}, und <du bist|ihr seid> nach Dienstschluss geblieben, weil das Gerät nur noch auf <deine|eure> Hand hörte.

a <Du hast|Ihr habt> gefragt, wie oft wir das Bild eigentlich drehen. Jedes Mal. Jetzt kommt es gleich richtig herum.

r Bilder von auswärts, drei CDs, eine davon zerkratzt. Um {6:50-7:20} hingen alle drei am Schirm von Saal {#1-6}.

t Beim Time-out <hast du|habt ihr> die Voraufnahmen laut vorgelesen. Machen wir ab jetzt immer.
""",
    "ward>pharmacy": """
c Zwei Blutverdünner auf einem Plan, von zwei Ärzten, an einem {day}. <Du hast|Ihr habt> es vor der Abendrunde gesehen
  und [angerufen|beide angerufen]. Die Tabletten lagen schon im Schälchen.

r Die Chemo für Zimmer {room} war für elf bestellt und um {10:20-10:50} da, weil die Tochter um zwölf zum Zug musste.
  Die beiden hatten noch eine halbe Stunde zusammen.

t Entlassung am Freitag um {15:40-17:10}, die Hausapotheke des Patienten hat zu. <Du hast|Ihr habt> die Medikamente
  fürs Wochenende gerichtet, mit Plan in großer Schrift. Er ist {79-91} und hat es auf Anhieb verstanden.

k Die Patientin in Zimmer {room} wollte keine Tablette mehr nehmen. <Du bist|Ihr seid> hochgekommen, <hast|habt> mit ihr
  alle {9-13} durchgesprochen und {3-4} gestrichen. Die anderen nimmt sie jetzt.

c Penicillinallergie stand nur im alten Brief von {#2015-2021}. <Du hast|Ihr habt> den alten Brief gelesen.

r Unser Stationsschrank war am {day} falsch gezählt, unser Fehler. Kein Vortrag, sondern um {13:30-15:30} der
  Nachschub und am Tag darauf ein Zettel, wie man es nicht mehr falsch zählen kann.

a <Du hast|Ihr habt> gefragt, warum auf der {ours} so viel Kaliumbrause verfällt. Weil sie hinten steht. Jetzt steht sie
  vorn. 😄

t Lieferengpass beim Antibiotikasaft, und bevor bei uns der erste Patient dran war, hing schon eine Liste mit Ersatz, Dosis
  und Umrechnung im Stationszimmer. [Wir mussten nichts suchen.|Niemand musste rechnen.]

c Die Dosis auf dem Plan galt für gesunde Nieren. Die Patientin in Zimmer {room} hat seit {day} keine mehr. <Du hast|Ihr
  habt> den Kreatininwert daneben gelegt und angerufen.

k Der Mann aus Zimmer {room} spricht kaum Deutsch. <Du hast|Ihr habt> ihm den Plan mit Sonne, Teller und Mond gemalt. Er
  hat ihn jedem gezeigt, der ins Zimmer kam, auch der Reinigung.

r Betäubungsmittel nachts um {1:30-4:30} und das Rezept falsch ausgefüllt (ich). <Du bist|Ihr seid> mit dem
  richtigen Formular hochgekommen, statt mich runterlaufen zu lassen. Wir waren zu zweit.

t Seit die Apotheke [dienstags|mittwochs] bei der Visite dabei ist, stelle ich meine Fragen nicht mehr am Telefon, sondern
  am Bett. {n:4-7} Änderungen allein in der letzten Runde, {n} Mal gut begründet.

c Augentropfen und Ohrentropfen, gleiche Flasche, gleiche Farbe. <Du hast|Ihr habt> große Aufkleber draufgemacht, bevor
  [jemand sie verwechselt hat|es schiefgehen konnte].

r Die Ernährungslösung für Zimmer {room} kam fertig gemischt und mit Raumtemperatur. Klingt nach nichts. Für den
  Patienten war es die erste Nacht ohne Bauchkrämpfe.

a „Nimmt sie das zu Hause wirklich so?" Nein, tat sie nicht, seit Monaten. Eine Frage, und der ganze Blutdruckplan war
  ein anderer. Gut, dass <du|ihr> nicht nur den Plan <gelesen hast|gelesen habt>.

k Ich habe {lately} am Telefon geweint, wegen allem, nicht wegen der Bestellung. <Du hast|Ihr habt> zugehört, und dann war
  die Bestellung auch da.

t Für die neue Insulinpumpe <hast du|habt ihr> beide Schichten eingewiesen, auch die Nacht, auch um {21:15-22:15}. Seitdem
  traut sich hier jede an das Ding. {@us} macht schon Witze darüber.

c Auf unserem Plan stand Milligramm, gemeint war Mikrogramm. Ein Anruf aus der Apotheke, keine drei Sätze, sehr ruhig. Ich
  habe danach eine Weile am Fenster gestanden.
""",
    "icu>pharmacy": """
c <Du hast|Ihr habt> die Wechselwirkung zwischen Antimykotikum und Sedierung gesehen, die unser System nicht kennt. Bett
  {#1-14} wurde [am selben Abend|noch vor der Nachtschicht] wach.

r Noradrenalin war im ganzen Haus knapp. <Du hast|Ihr habt> jeden Morgen um {6:30-7:15} gezählt und uns gesagt, wie weit
  es reicht. Wir mussten keine einzige Pumpe knapper stellen.

t Die fertigen Spritzen für die Nacht, sauber beschriftet, im richtigen Fach. Früher haben wir um {22:10-23:00} selbst
  aufgezogen, zu zweit, mit schlechtem Licht.

k Die Eltern des jungen Patienten wollten wissen, was da alles läuft. <Du hast|Ihr habt> ihnen jede der {7-11}
  Pumpen erklärt. Seitdem fragen sie nicht mehr ängstlich, sondern genau.

r Antidot um {2:20-4:50}, das wir in {8-12} Jahren noch nie gebraucht haben. Es lag nach {11-20} Minuten am Bett, mit
  Dosierung auf einem Zettel.

a Ob wir die Magenschutztablette bei jedem brauchen, <hast du|habt ihr> gefragt. Bei {5-8} von {#12-14} nicht. Steht
  jetzt auf der Checkliste für die Verlegung.

c Zwei Kaliumquellen, beide einzeln in Ordnung, zusammen zu viel. <Du hast|Ihr habt> sie zusammengezählt. Wir hätten
  es erst auf dem Monitor gesehen.

t Die neue Pumpe hat eine andere Tabelle als die alte. Seit <du|ihr> uns die Umrechnung laminiert <hast|habt>, rechnet
  nachts niemand mehr im Kopf.

r Feiertag, und die Ernährungslösungen für {6-9} Betten kamen trotzdem um {15:30-17:00}. Ohne die eine fehlende Zutat, aber mit Ersatzplan.

k <Du hast|Ihr habt> mir nach der Fehlmedikation nicht das Protokoll geschickt, sondern <bist|seid> hochgekommen. Wir haben es zusammen ausgefüllt. Danach konnte ich
  weiterarbeiten.

c Filterwechsel vergessen, Ausflockung im Schlauch. <Du hast|Ihr habt> es beim Vorbeigehen gesehen, mit einer Kaffeetasse in der Hand.

t Die Antibiotikavisite am {day} dauert jetzt {15-20} Minuten und spart uns {2-3} Präparate. Ich freue mich inzwischen darauf, ehrlich.

a „Warum bekommt Bett {#1-14} das eigentlich noch?" Weil es niemand abgesetzt hat. Danke, Frage des Monats.

r Um {22:30-23:50} fehlte ein Medikament für eine seltene Stoffwechselkrankheit. <Du hast|Ihr habt> es in der Uniklinik aufgetrieben und ein Taxi geschickt.

t Danke fürs Umrechnen auf die Kinderdosis, Zeile für Zeile, zu zweit gegengelesen. Bei uns liegt selten jemand mit {8-14} Kilo.
""",
    "theatres>pharmacy": """
r Die Narkosewagen waren am {day} um {6:20-6:50} alle sechs bestückt, obwohl die Lieferung erst nachts kam. Acht
  Säle, kein Fehlteil. Na gut, sechs Säle. Aber es fühlte sich nach acht an.

c Neue Packung, fast gleiche Ampulle, anderer Wirkstoff. <Du hast|Ihr habt> einen roten Ring draufgeklebt und uns vor der
  ersten Narkose Bescheid gesagt. So etwas liest man sonst in Fallberichten.

t Dantrolen, {#24-36} Flaschen, in {7-12} Minuten, mit drei Leuten aus der Apotheke zum Auflösen. Der Patient ist wieder auf
  Station. Ich sage den Rest persönlich.

a Die Frage, warum wir zwei Lokalanästhetika lagern, die dasselbe tun, hat mich erst geärgert. <Du hattest|Ihr hattet> recht.
  Eins weniger, ein Fach mehr, keine Verwechslung.

r Antibiotikaprophylaxe jetzt saalweise vorgerichtet. {n:19-34} Eingriffe in dieser Woche, {n} Mal rechtzeitig vor dem
  Schnitt.

k Ich hatte den Giftschein am {day} zum zweiten Mal verschludert. <Du hast|Ihr habt> mit mir gesucht, nicht
  mit mir geschimpft. (Er lag im Kittel.)

r Lokalanästhetikum vom Markt, Ersatz besprochen, umgerechnet, beklebt, eingeräumt. Wir haben den Wechsel nur am Etikett gemerkt.

k Ich brauchte um {15:45-17:50} noch eine Augensalbe, die es eigentlich nicht mehr gibt. <Du hast|Ihr habt> sie angerührt. Der Patient ist {6-9} und sieht wieder.

c <Du hast|Ihr habt> bemerkt, dass unser Kühlschrank nachts auf elf Grad steigt. Die Relaxanzien darin waren {1400-2900} Euro wert, die nächste Narkose
  unbezahlbar.

t Einen Vormittag lang hat die Apotheke bei uns mit aufgezogen und gezählt, wie viel wir wegwerfen. Seitdem gibt es kleinere Ampullen und vollere Taschen.

r Zytostatikum für die Bauchhöhle, warm, auf die halbe Stunde bestellt, auf die Minute da. Wer das einmal kalt hatte, weiß, wovon ich rede.

a Warum liegen im Notfallkoffer zwei Adrenalin-Stärken? <Du hast|Ihr habt> gefragt, keiner wusste es. Jetzt liegt dort eine.

c Falsche Konzentration auf der Vorlage, seit dem letzten Ausdruck. <Du hast|Ihr habt> alle {11-16} Exemplare im OP ausgetauscht, auch das hinter der Tür von Saal
  {#1-6}.
""",
    "theatres>sterile": """
c <Du hast|Ihr habt> den Haarriss in der Zange gesehen, den man nur gegen das Licht sieht. Die wäre [im Bauch|im
  Gelenk] gebrochen.

t Saal {#1-6} bekam {lately} ein Sieb mit falschem Etikett, von uns gepackt. <Du hast|Ihr habt> es uns nicht nur
  zurückgegeben, sondern gezeigt, wo in der Liste der Fehler sitzt. Jetzt packen wir es richtig.

r {4-6} Hüften an einem Tag mit {2-3} Sieben. Das geht nur, wenn jemand unten ohne Pause fährt. Keine Hüfte wurde
  verschoben.

k Ich habe um {15:20-17:40} durchs Telefon gebrüllt, weil die Optik fehlte. Sie lag bei uns im Schrank. <Du hast|Ihr habt>
  gelacht und gesagt, das sei schon Schlimmeren passiert. Entschuldigung noch mal.

c Ein Tupfer mehr im Container als auf dem Zettel. <Du hast|Ihr habt> angerufen, wir haben nachgezählt, alles war gut. Genau
  so soll es sein, jedes Mal.

t Der Besuch unten hat mir die Augen geöffnet. {26-40} Handgriffe für ein einziges Laparoskopie-Sieb! Seitdem
  spülen wir die Schäfte gleich im Saal durch, wie <du|ihr> es uns gezeigt <hast|habt>.

r Leihsystem für die Revision, geliefert am Vorabend um {18:20-20:40}, aufbereitet bis zum ersten Schnitt. [Der
  Vertreter wollte es nicht glauben.|Die Firma selbst hatte „frühestens mittags" gesagt.]

a „Braucht ihr wirklich alle {#38-56} Instrumente in dem Sieb?" Nein. {#14-22} liegen da seit Jahren unbenutzt drin. Das neue
  Sieb ist [leichter|zwei Kilo leichter], schneller gepackt und schneller gezählt.

c Der Indikatorstreifen war nicht ganz umgeschlagen. Andere hätten gesagt, wird schon. <Du hast|Ihr habt> die ganze
  Charge noch einmal gefahren und uns vorher gewarnt, dass es knapp wird. Knapp war es, gereicht hat es.

r Sonntag, Notfallaneurysma, das Gefäßsieb gerade erst aus der letzten OP zurück. {55-75} Minuten später war es wieder da.
  Der Patient hatte keine zwei Stunden.

t Die neue Bohrmaschine ließ sich nicht zerlegen. <Du hast|Ihr habt> das Video vom Hersteller besorgt und mit
  {@us} am Tisch geübt, bis es ging. Eine Viertelstunde weniger pro Durchgang.

k Unsere Schülerin hat das teure Endoskop fallen lassen. Als sie es runterbrachte, <hast du|habt ihr> ihr zuerst einen Stuhl
  hingestellt. Kaputt war es nicht, aber das wusste da noch keiner.

r Eine Woche Streik beim Lieferanten für Sterilvlies, und bei uns hat kein einziges Sieb gefehlt. Ich habe erst
  hinterher erfahren, dass <du|ihr> alles in Container umgepackt <hast|habt>.

c Beim Zählen vor dem Verschluss fehlte ein Schraubendreher. Anruf unten, {3-6} Minuten, „der ist im Sieb
  von Saal {#1-6} gelandet". <Du hast|Ihr habt> uns ein Röntgen erspart und dem Patienten eine halbe Stunde Narkose.

t Danke fürs Einspringen am {day}: zwei Leute krank, {7-10} Eingriffe, und trotzdem kam jede Kiste in der
  Reihenfolge, in der wir sie brauchten. Die Reihenfolge war der Trick.

a <Du hast|Ihr habt> uns gefragt, in welcher Ecke vom Tablett wir die Klemmen suchen. Niemand hat uns das je gefragt. Links
  oben. Da sind sie jetzt.

r Kurz und trocken: {#130-190} Siebe in dieser Woche, null Reklamationen. 👌

k Unser Bote hat die Kiste auf der Rampe fallen lassen. <Du hast|Ihr habt> erst nach seinem Fuß gefragt und dann nach dem Sieb.

r Spätprogramm bis {20:40-22:10}, und die Klappe unten war die ganze Zeit besetzt. Ohne das hätten wir um sechs aufhören müssen.
""",
    "icu>sterile": """
r {4-7} Beatmungsschläuche um {2:00-4:30}, nach einer Nacht, in der alles auf einmal kam. Die Klappe unten war offen und
  jemand stand schon da.

c <Du hast|Ihr habt> an der Bronchoskop-Optik Feuchtigkeit entdeckt und sie gesperrt, obwohl wir gedrängelt haben. [Der
  Hersteller sagt: richtig so.|Wir hätten sie am selben Abend in einer Lunge gehabt.]

t Die Intubationssets sind jetzt nach Größe gepackt, mit Farbe außen. Bett {#1-14} brauchte {lately} die kleine, und
  niemand hat gesucht.

k Wir hatten das Bronchoskop ungespült im Waschbecken vergessen, über Nacht. <Du hast|Ihr habt> zwei Stunden daran
  gearbeitet und uns danach gezeigt, wie man es in {40-90} Sekunden richtig macht.

a Wie viele Tracheotomie-Sets wir wirklich brauchen? <Du hast|Ihr habt> gezählt: {3-4}, nicht {9-12}. Unser Schrank geht
  wieder zu.

r Das Bronchoskop kommt seit {day} morgens als erstes in die Maschine und ist zur Visite zurück. Wir planen unsere
  Spiegelungen jetzt danach. Läuft.

t Für die neue Bronchoskop-Spülung haben wir uns {2-3} Mal am Waschbecken getroffen. Am Ende war es ein anderer Adapter, {12-19} Euro, und die Sache war vom Tisch.

r Filter, Masken, Schläuche, {#40-60} Stück, am Heiligabend nachgeliefert, ohne dass jemand bestellt hätte. Wir haben die Bestandsliste erst hinterher gesehen.

c Eine Maske roch nach Chemie. <Du hast|Ihr habt> die ganze Charge zurückgeholt, auch die {5-8}, die schon auf den Wagen lagen.

k Nachts um {1:40-4:20} ist mir der letzte sterile Kittel heruntergefallen. Der Ersatz kam mit dem Satz „passiert mir auch".

a <Du hast|Ihr habt> gefragt, welches Set wir immer als erstes aufreißen und nie ganz brauchen. Das für den Katheter. Es ist jetzt halb so groß.

r Das Endoskop für Bett {#1-14} war nach {45-60} Minuten wieder da, gewaschen, getrocknet, geprüft, mit Protokoll. Schneller geht es nicht, sagt das Protokoll.

c Auf der Packliste fehlte seit Jahren der kleine Bissblock. <Dir|Euch> ist es aufgefallen, uns nur beim Suchen.
""",
    "icu>theatres": """
t Übergabe nach der Lebermetastase: Zettel, Zugänge, Blutverlust, was als Nächstes zu erwarten ist, und dann <bist du|seid
  ihr> noch {10-15} Minuten am Bett geblieben. Die erwartete Blutung kam, wir standen schon bereit.

r Der Anruf „wir sind in {n:20-40} Minuten da" kam, und {n} Minuten später <warst du|wart ihr> da. Seit <du das machst|ihr das macht>, steht der
  Respirator eingestellt am Bett, statt dass wir rennen.

c <Du hast|Ihr habt> bei der Übergabe gesagt, dass der linke Zugang „komisch läuft". Er lag daneben. Wir haben ihn gezogen,
  bevor das Noradrenalin dranhing.

k Nach dem Tod auf dem Tisch <bist du|seid ihr> mit hochgekommen und <hast|habt> mit der Familie gesprochen, statt es
  uns zu überlassen. Wir haben das gesehen.

t Um {19:40-21:50} lief bei euch noch ein Saal, und trotzdem <bist du|seid ihr> für unsere Tracheotomie hochgekommen. Der Patient atmet seit
  {day} allein.

r Alle Drainagen beschriftet. Alle! Mit Seite und Uhrzeit. Unsere Nachtschicht hat ein Foto gemacht. 📷

a <Du hast|Ihr habt> gefragt, was uns bei der Übergabe am meisten fehlt. Antwort: wann das letzte Antibiotikum lief. Steht
  seitdem jedes Mal oben.

c Die Körpertemperatur bei Ankunft liegt jetzt fast immer über 36. Ich weiß, dass das unten jemanden nervt, der ständig
  Decken wärmt. Es wirkt. Gruß an {@them}.

t Das Bett war falsch herum im Aufzug, wir haben zu viert gelacht und zu viert gedreht. So eine Übergabe um {3:10-4:40}
  hat man lieber als jede stille.

t Vor der Übergabe kam ein Foto vom OP-Gebiet mit eingezeichneten Drainagen. Wir mussten nichts unter dem Verband suchen.

r Der Patient war für {16:00-18:30} angekündigt und kam auf die Minute. Nach {3-5} Jahren hier darf ich sagen: Das war nicht immer so.

c <Du hast|Ihr habt> beim Umlagern gemerkt, dass die Arterie gegen das Gitter drückt. Ein Handgriff, und die Kurve war wieder da.

k Der junge Mann hatte vor der Narkose nach seiner Kette gefragt. Sie kam mit, in einem Umschlag, auf der Bettdecke. Er hat sie nach dem Aufwachen als Erstes gesucht.

a <Du hast|Ihr habt> angerufen, ob wir lieber extubiert oder intubiert übernehmen wollen. Die Frage allein hat uns eine halbe Stunde Umbau gespart.

r Kein offenes Blutprodukt, kein halb leerer Perfusor, keine Überraschung: So sauber kam lange keiner hoch wie {lately}.

t Wir hatten nur eine Pflegekraft am Bett. <Du bist|Ihr seid> geblieben, bis der zweite Zugang lag, und das nach {6-9} Stunden am Tisch.

c „Er hat vorhin einmal komisch geatmet, kann Zufall sein." War kein Zufall. Gut, dass der Satz gefallen ist.
""",
    "coding>theatres": """
r Der OP-Bericht vom {day} war am selben Abend fertig, mit Seite, Zugang, Implantat und Seriennummer. Eine Rückfrage
  gespart, und der Fall war nach {2-3} Tagen kodiert statt nach zwei Wochen.

c <Du hast|Ihr habt> im Bericht vermerkt, dass es zwei getrennte Zugänge waren. Das klingt nach Kleinkram und sind
  {900-2400} Euro, die uns zustehen.

a Danke für den Anruf, ob „ausgedehnte Adhäsiolyse" so reicht. Reicht nicht ganz, aber mit der Zeitangabe schon. Die
  letzten {4-9} Berichte hatten sie alle.

t Ich durfte einen Vormittag in Saal {#1-6} zuschauen. Seitdem weiß ich, was ein „Umstieg" wirklich bedeutet, und
  stelle hoffentlich klügere Fragen.

r {#23-41} offene Berichte am Monatsanfang, heute {#0-3}. Ich weiß, wer da abends diktiert hat.

k Auf meine dritte Nachfrage zum selben Fall kam kein Seufzer, sondern eine Skizze. Mit Pfeilen! Ich habe sie
  an die Pinnwand gehängt.

c Im Bericht stand rechts, im Bild links. <Du hast|Ihr habt> die Sache in {10-25} Minuten geklärt und den Bericht berichtigt,
  bevor irgendjemand vom Medizinischen Dienst danach fragen konnte.

t Die Implantataufkleber kleben jetzt direkt im Protokoll und nicht mehr auf dem Kittel. Das war <deine|eure> Idee,
  und wir tippen keine Nummern mehr ab.

r Drei Nachträge, um die ich am {day} gebeten hatte, lagen am selben Nachmittag in der Akte. Mit Uhrzeit und Kürzel.

c <Du hast|Ihr habt> gesehen, dass das Implantat im Bericht eine andere Größe hat als auf dem Aufkleber. Der Aufkleber hatte recht.

a „Was wäre für euch der ideale erste Satz?" Ich habe gelacht und ihn dann aufgeschrieben. Er steht jetzt so in der Vorlage.

t Beim Prüftermin saß jemand aus dem OP mit am Tisch und konnte jede Frage selbst beantworten. {2-3} Fälle, keine Beanstandung.
""",
    "coding>icu": """
r Beatmungsstunden lückenlos dokumentiert, {#112-480} Stück, mit jeder Pause. Genau diese Zeilen hat der Medizinische
  Dienst geprüft, und genau da war nichts zu holen.

c <Du hast|Ihr habt> gemerkt, dass beim Verlegen die Beatmungsdauer neu zu zählen begann. Der Fehler steckte in {3-6} Akten.
  Alle sind berichtigt.

t {@them} hat sich eine Stunde Zeit genommen und mir gezeigt, wie ein Tag im Komplexbogen entsteht. Ich habe
  seitdem keine einzige unsinnige Rückfrage mehr geschickt. Glaube ich.

a „Wozu braucht ihr den Score um sechs und nicht um acht?" Berechtigte Frage. Jetzt steht der Grund auf dem Bogen, und die
  Einträge sind da.

r Die Akte von Bett {#1-14} kam vollständig, {9-14} Tage nach der Verlegung, sortiert. Ich habe in {20-35} Minuten geschafft, was
  sonst einen halben Tag kostet.

k Mitten in der Grippewelle rufe ich wegen eines fehlenden Hakens an. Und werde gefragt, wie es mir geht. 🙃 Danke,
  das ist angekommen. Der Haken auch.

t Bei der Begehung hat mir jemand am Bett gezeigt, was im Bogen „Lagerung" alles bedeutet. Mein Respekt ist seitdem größer und meine Rückfragen kürzer.

c Verlegungszeit {0:10-0:50}, eingetragen am Vortag. <Du hast|Ihr habt> es korrigiert. Über einen Tag Unterschied freut sich niemand außer der Kasse.

r Alle {9-13} Dialysen mit Beginn, Ende und Verfahren. Es hat mich fast misstrauisch gemacht, so vollständig war das.

a <Du hast|Ihr habt> gefragt, ob ich lieber einmal täglich oder einmal wöchentlich Fragen stelle. Seit wir {day} haben, sind beide Seiten netter.
""",
    "coding>ward": """
c Im Verlauf stand nur „verwirrt". <Du hast|Ihr habt> auf meine Frage das Delir mit Datum, Test und Behandlung
  nachgetragen. Für die Patientin heißt das eine richtige Akte, für das Haus {800-1900} Euro.

r Seit {day} kommen die Wundbeschreibungen mit Größe und Foto. Wir kodieren die Akten der {theirs} jetzt in einem
  Durchgang.

a Der Stationsarzt war im Urlaub, also <hast du|habt ihr> den Oberarzt gefragt, ob die Lungenentzündung vor oder nach
  der Aufnahme begann. Eine Frage, ein Satz, Fall geschlossen.

t <Du hast|Ihr habt> unsere Liste „fünf Dinge, die wir nie finden" ins Stationszimmer gehängt. Wir finden sie jetzt. Wir
  brauchen eine neue Liste.

k Bei {19-27} Betten und drei Leuten am Nachmittag hat niemand Zeit für Kodierfragen. <Du hattest|Ihr hattet> trotzdem
  {4-8} Minuten. Ich hatte Kekse. Fairer Tausch?

r Pflegegrade, Sturzprotokoll, Ernährung: alles in der Akte, wo es hingehört. Kein einziges Mal blättern müssen in dieser
  Woche.

c <Du hast|Ihr habt> gesehen, dass die Entlassdiagnose noch vom letzten Aufenthalt stammte. Eine alte Hüfte hätte sonst
  eine neue Rechnung bekommen.

t <Du hast|Ihr habt> mir für die schwierige Akte einen Platz am Stützpunkt freigeräumt und jemanden danebengesetzt, der dabei war. Nach einer Stunde war sie rund.

r Arztbrief, Pflegebericht und Kurve sagen endlich dasselbe. Ich habe es dreimal gelesen, weil ich es nicht glauben konnte.

c Das Gewicht fehlte, und ohne Gewicht keine Mangelernährung. <Du hast|Ihr habt> nachgesehen: gewogen war er, nur auf einem anderen Blatt.

r Stürze, Druckstellen, Isolierungen: Alles mit Beginn und Ende. Ich habe eine Akte der {theirs} in {15-25} Minuten geschafft, das ist mein Rekord.

k Ich bin mitten in die Visite geplatzt. <Du hast|Ihr habt> mich einfach mitgenommen, und danach wusste ich, was in der Akte nicht stehen kann.

c <Du hast|Ihr habt> bemerkt, dass der Katheter zweimal gelegt, aber nur einmal dokumentiert war. Kleine Zeile, langer Rattenschwanz.

a „Brauchst du das Wort ‚chronisch' oder das Datum?" Beides. Seitdem steht beides da.

t <Du hast|Ihr habt> unsere Abkürzungsliste ergänzt, um {9-14} Stück, die nur auf der {theirs} jemand versteht. Ich übersetze jetzt fließend.
""",
    "theatres>ward": """
r {4-7} Patienten von der {theirs} am {day}, alle nüchtern, alle markiert, alle mit Einwilligung. Der erste Schnitt war um
  {7:45-8:05}. So fängt ein guter Tag an.

c <Du hast|Ihr habt> gemerkt, dass der Patient am Morgen noch sein Metformin bekommen hatte, und angerufen, bevor wir
  ihn geholt haben. [Wir haben getauscht, niemand lag umsonst nüchtern.|Er kam als Dritter dran, alles gut.]

k Der kleine Mann mit der großen Angst kam ruhig unten an, weil <du|ihr> ihn selbst gebracht <hast|habt> und bis zur
  Schleuse die Hand nicht losgelassen <hast|habt>.

t Wir haben um {11:20-13:40} den Plan umgeworfen, ohne Vorwarnung. <Du hast|Ihr habt> in {15-25} Minuten den nächsten
  Patienten fertig gehabt. Ohne das hätte Saal {#1-6} eine Stunde leer gestanden.

c Die Zahnprothese, der Ehering, das Hörgerät: alles draußen, alles auf der Liste, und das Hörgerät
  lag im Aufwachraum bereit, als er aufwachte. Daran denkt sonst keiner.

r Die Blutgruppe war [noch|immer noch] nicht bestätigt. <Du hast|Ihr habt> die zweite Abnahme gemacht, bevor wir anriefen. Wir wollten
  gerade anrufen.

a Gut, dass <du|ihr> gefragt <hast|habt>, ob wir die Thrombosestrümpfe wirklich schon vorher brauchen. Brauchen wir nicht,
  bei der Hälfte der Eingriffe. Weniger Gezerre am Morgen für alle.

t Der Anruf zurück auf die {theirs} nach der OP ist nur eine Minute. <Du hast|Ihr habt> ihn eingeführt, und plötzlich
  ist beim Abholen immer jemand da.

k Unsere Patientin hatte kurz vor der Schleuse Zweifel. <Du hast|Ihr habt> nicht gedrängt, sondern den Chirurgen
  noch einmal geholt. Sie wurde eine Woche später operiert, und zwar gern.

r Checkliste vollständig, {n:#14-22} von {n}? Nein: wirklich vollständig. Jedes Kästchen, jeden Tag, seit {day}
  vor zwei Wochen. Wir haben gewettet, ich habe verloren.

r Zwei Notfälle dazwischen, und die {theirs} hat den Patienten trotzdem dreimal umgezogen, ohne ein böses Wort. Wer zählt, kommt auf {4-5} Hemdchen.

c <Du hast|Ihr habt> gesehen, dass die Markierung nach dem Duschen fast weg war, und sie nachziehen lassen. Bei einem Doppelnamen und zwei Knien will man das.

k Der Patient mit Autismus durfte seine Kopfhörer bis zur Einleitung behalten. <Du hast|Ihr habt> uns am Vortag einen Zettel geschrieben, was ihm hilft. Alles davon hat geholfen.

t Fehlender Laborwert, {7:10-7:40}, Patient schon auf dem Weg. <Du hast|Ihr habt> ihn ausgedruckt hinterhergebracht, im Laufschritt.

a <Du hast|Ihr habt> gefragt, warum wir immer gleichzeitig alle Ersten bestellen. Seit {day} kommen sie im Abstand von zehn Minuten, und der Aufzug kommt auch.

r Einwilligung, Blutgruppe, Allergien, Telefonnummer der Tochter. Die Mappe lag obenauf, und die Tochter war nach der OP beim ersten Klingeln dran.

k <Du hast|Ihr habt> dem Patienten vor der Amputation einen Platz am Fenster besorgt. Er sprach unten noch davon.
""",
    "ward>icu": """
t Die Verlegung von Bett {#1-14} zu uns war angekündigt, die Angehörigen wussten Bescheid, und <du bist|ihr seid> zwei
  Stunden später noch einmal hochgekommen, um nach ihm zu sehen. Er hat <dich|euch> erkannt.

c Im Verlegungsbrief stand, worauf wir in der ersten Nacht achten sollen: drei Punkte, fett gedruckt. Punkt zwei trat um
  {1:40-4:20} ein. Wir waren vorbereitet.

k Nach {17-38} Tagen Intensiv hatte die Patientin vor unserer Station mehr Angst als vor der OP. <Du hast|Ihr habt> sie am
  Vortag zum Anschauen hochgeschoben. So etwas habe ich noch nie gesehen.

r Selbst kein Bett frei, und <du hast|ihr habt> unseren Patienten um {2:15-4:45} trotzdem genommen. Ich weiß nicht, wen
  <du dafür verschoben hast|ihr dafür verschoben habt>. Er sitzt wieder am Tisch.

a <Du hast|Ihr habt> gefragt, ob wir mit dem Trachealkanülen-Patienten zurechtkommen. Ehrliche Antwort: nein. Also kam am
  {day} jemand für eine Stunde, und jetzt kommen wir zurecht.

t Das Notfallteam war {2-3} Minuten nach dem Ruf in Zimmer {room}. Hinterher <hast du|habt ihr> uns gefragt, wie es uns geht.
  [Gut, inzwischen.|Es geht uns gut.] 🙏

r Kein Verlegungsbrief mehr ohne Medikamentenplan seit {day}. Ich hatte nicht geglaubt, dass das geht.

k Die Frau des Patienten saß zwischen zwei Stationen auf dem Flur. <Du hast|Ihr habt> sie nicht warten lassen, sondern mit dem Bett zu uns gebracht.

c <Du hast|Ihr habt> am Telefon gehört, dass ich unsicher bin, und gesagt: „Wir kommen gucken." Es war nötig.

r Verlegung um {n:10:15-11:45} angekündigt, um {n} da. Das Mittagessen stand noch warm auf dem Wagen.

t Rückruf nach {24-48} Stunden: Wie geht es ihm bei euch? Drei Minuten, und wir wissen beide mehr.

c Der zentrale Zugang war bei der Verlegung beschriftet, mit Datum und Länge. {day} musste er raus, und keiner hat gerätselt.

a <Du hast|Ihr habt> gefragt, welche Übergabe für uns am schlimmsten ist. (Die um halb zwei.) Seither kommt keine mehr um halb zwei.

k Nach der Reanimation in Zimmer {room} <hast du|habt ihr> den Bettnachbarn nicht vergessen. Er hatte alles mit angehört.
""",
}
