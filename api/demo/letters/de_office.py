"""German letters on the edges behind the patient: registration, coding, billing, IT, facilities, staff."""

LETTERS = {
    "billing>registration": """
t Bei {5-11} Notaufnahmen fehlte der Kostenträger, weil der Kartenleser stand. <Du hast|Ihr habt> uns nicht auf die Liste
  warten lassen, sondern jeden Patienten [noch am Bett gefragt|einzeln angerufen]. Alle Fälle waren vor der Frist bei der
  Kasse.

r Seit die Versicherungsnummer von der Karte kommt und nicht aus dem alten Fall, sind unsere Rückläufer von {n:19-34} auf
  {3-8} die Woche gefallen. Das ist fast ein ganzer Arbeitstag für mich.

c Zwei Patientinnen, gleicher Name, gleicher Geburtstag. <Du hast|Ihr habt> beim Aufnehmen gestutzt und die Adresse verglichen.
  Wir hätten der einen die Hüfte der anderen berechnet.

a <Du hast|Ihr habt> mich gefragt, was mit dem Feld „Einweiser" bei uns eigentlich passiert. Ehrlich gesagt: viel. Seit
  {day} ist es ausgefüllt, und {4-9} Kassenanfragen sind gar nicht erst gekommen.

k Ein Angehöriger hat sich am Tresen lautstark über unsere Rechnung beschwert, also über mich. <Du bist|Ihr seid> ruhig
  geblieben und <hast|habt> ihn mit der richtigen Durchwahl zu mir geschickt. Am Ende hat er sich bedankt.

r Unterschriebene Wahlleistungsverträge, eingescannt, am Tag der Aufnahme. {8-15} Stück in dieser Woche. Früher bin ich
  denen [bis auf Station|wochenlang] hinterhergelaufen.

t Der Vormittag am Tresen war anstrengender als eine Woche Mahnlauf. Danke fürs Zeigen, besonders für die drei Stellen, an denen
  <du|ihr> raten <musst|müsst>. Zwei davon können wir abschaffen.

c Kasse gewechselt zum Ersten, Karte noch von der alten. <Du hast|Ihr habt> nachgefragt. Bei einem Fall mit {9400-28700} Euro
  ist das keine Kleinigkeit.

r Freitag, kurz vor Schluss, {6-12} Fälle ohne Aufnahmegrund. Ich hatte mich schon auf Montag eingestellt. Um {14:40-15:20}
  waren alle nachgetragen.

k Die alte Dame ohne Karte, ohne Ausweis, ohne Brille. <Du hast|Ihr habt> mit der Tochter telefoniert, statt „Selbstzahler"
  anzukreuzen. Sie bekommt jetzt keine Rechnung über {2300-4900} Euro.

t Wir haben {lately} unsere Listen nebeneinandergelegt, <deine|eure> und meine, und gemerkt, dass wir dasselbe Formular doppelt
  pflegen. Jetzt pflegt es keiner mehr. ☕

c Arbeitsunfall, nicht Krankheit! <Du hast|Ihr habt> beim Gespräch herausgehört, dass er auf dem Weg zur Schicht gestürzt war.
  Die Berufsgenossenschaft zahlt, die Kasse hätte uns das nach Monaten zurückgeschickt.

a „Schickt uns doch mal die Rückläufer von letzter Woche, dann sehen wir, was wir falsch machen." Dieser Satz {lately} am Telefon hat
  mir den Tag gerettet.

r Ich wollte nur sagen: {n:110-160} Aufnahmen gestern, und bei keiner einzigen musste ich zum Hörer greifen.

k Der Mann wollte seine Adresse nicht sagen. <Du hast|Ihr habt> nicht gedrängt, sondern gefragt, wohin die Post darf. Zu seiner Schwester. Sie hat die Rechnung schon bezahlt.

t Mit dem Pflichtfeld <hattest du|hattet ihr> recht und wir nicht. Es ist wieder weg.

c Auf der Karte stand ein Ablaufdatum vom letzten Monat. <Du hast|Ihr habt> es gelesen, der Kartenleser nicht.
""",
    "billing>coding": """
r Monatsabschluss. {#48-71} Fälle lagen am {day} noch bei euch, am Abend waren es {#0-4}. Wir konnten alles in einem Lauf
  rausschicken.

c <Du hast|Ihr habt> die Nebendiagnose gefunden, die im Brief nur in einem Halbsatz stand. {1150-3900} Euro, ehrlich
  verdient, und mit Beleg.

t Der Medizinische Dienst wollte {4-7} Akten, alle auf einmal. <Du hast|Ihr habt> die Begründungen mit mir
  zusammen geschrieben, Absatz für Absatz. Fünf Prüfungen, keine Kürzung.

a Statt die Fallpauschale einfach zu ändern, <hast du|habt ihr> mich gefragt, was schon draußen ist. Gut so: Die Rechnung
  war seit {2-3} Stunden unterwegs, und ich konnte sie anhalten.

r Kodiert, geprüft, freigegeben, {24-36} Stunden nach Entlassung. Die Kasse zahlt jetzt schneller als mein Stromanbieter.

c Beatmungsstunden doppelt gezählt, einmal hier, einmal im Haus davor. <Du hast|Ihr habt> es gesehen, bevor es jemand
  anders sieht. Unangenehme Post ist uns erspart geblieben.

k Ich verstehe Fallpauschalen bis heute nicht ganz. <Du erklärst|Ihr erklärt> es mir trotzdem jedes Mal neu, diesmal mit
  Äpfeln und Kisten. Es hat geholfen.

t {#11-19} strittige Fälle an einem Nachmittag, <du|ihr> links, ich rechts, eine Kanne Tee. {#9-11} davon sind durch.

r Der Fall mit den drei Verlegungen, an dem alle hängen geblieben sind: seit {day} sauber zusammengeführt. Ich habe die
  Akte danach einfach nur [zugeklappt|eine Weile angeschaut].

a <Du hast|Ihr habt> gefragt, welche Ablehnungsgründe bei uns am häufigsten sind. Die Liste hat eine Viertelstunde
  gedauert, und die Hälfte der Gründe ist seitdem verschwunden.

c Eine Ziffer verdreht, und aus dem Blinddarm wird ein Armbruch. <Du hast|Ihr habt> es in der Plausi gesehen und nicht weggeklickt.

k Danke, dass <du|ihr> der neuen Kollegin bei uns nicht gesagt <hast|habt>, wie viele Fehler in ihrer ersten Liste
  waren. Sondern welche drei sie morgen vermeiden kann.

r Trotz Systemumstellung kam jeden Morgen um {7:10-8:20} die Freigabeliste. Keinen Tag später. Ich habe nie nachfragen müssen.

t Ich durfte einen Fall von vorn bis hinten mitkodieren. Jetzt weiß ich, warum zwei Tage kein Bummeln sind.

c Beim Export fehlten alle Fälle mit Umlaut im Namen. <Dir|Euch> ist es aufgefallen, weil ausgerechnet Frau Müller fehlte.
""",
    "billing>it": """
t Formatwechsel bei der Kasse, angekündigt mit {6-9} Tagen Vorlauf. <Du hast|Ihr habt> mit uns am {day} den Testlauf gemacht,
  danach noch einen und noch einen. Am Stichtag: null Fehler.

c <Du hast|Ihr habt> gemerkt, dass die Quittungsdateien zwar ankamen, aber leer waren. Wir hätten erst in vier Wochen
  gemerkt, dass niemand zahlt.

k Passwort vergessen, zum {#2-4}. Mal in diesem Jahr. Kein Spruch, nur die Frage, ob ich es mir diesmal von meinem Hund
  leihen möchte. 😅

a „Warum druckt ihr die Mahnliste eigentlich aus?" Weil wir es immer so gemacht haben. Jetzt nicht mehr. {300-450} Seiten im Monat,
  und ich sitze nicht mehr neben dem Drucker.

r Der Server für die Abrechnung wurde nachts umgezogen, und ich habe es nur gemerkt, weil am {day} alles schneller war.

t Eine Auswertung, für die ich einen halben Tag von Hand gezählt habe, läuft jetzt auf Knopfdruck. Der Knopf heißt
  „Feierabend". Das war nicht nötig, aber sehr schön.

c Doppelte Rechnungsnummern, {4-7} Stück, seit dem letzten Update. <Du hast|Ihr habt> die Ursache gefunden und, viel wichtiger, auch
  die Fälle davor durchsucht.

r Headset tot, Kasse in der Warteschleife, Frist um zwölf. <Du standst|Ihr standet> nach {4-8} Minuten mit einem neuen in
  der Tür.

r Rechnungslauf abgebrochen bei Nummer {#118-197}. <Du hast|Ihr habt> ihn genau dort fortgesetzt und nicht von vorn. Keine doppelte Rechnung, kein Anruf einer Kasse.

k Neue Oberfläche, alles woanders. <Du hast|Ihr habt> uns {2-3} Tage lang am Nachbartisch begleitet und keine Frage dumm gefunden. Auch nicht meine.

c Ein Rundungsfehler von einem Cent, bei {2000-4000} Rechnungen. <Du hast|Ihr habt> ihn gefunden, während wir noch dachten, wir verzählen uns.

t Für den Monatsabschluss lief die Sicherung ausnahmsweise eine Stunde später. Ein Anruf, ein Ja, kein Formular.

a <Du hast|Ihr habt> gefragt, wozu wir {7-11} verschiedene Listen exportieren. Am Ende waren es zwei. Mein Freitag ist ein anderer.
""",
    "billing>ward_5b": """
r {5-9} Entlassbriefe, alle innerhalb von zwei Tagen. Wir konnten die Fälle abschließen, bevor die Kasse das erste Mal gefragt
  hat.

c Im Entlassbrief stand das richtige Datum, in der Akte das falsche. <Du hast|Ihr habt> beides verglichen und uns angerufen. Ein
  Tag mehr oder weniger sind bei diesem Fall {380-720} Euro.

k Ich habe am {day} viermal wegen desselben Briefs angerufen, mitten in der Verteilung. Beim vierten Mal war er unterschrieben, und
  ich bekam trotzdem noch ein „schönen Tag".
""",
    "ward>registration": """
r Aufnahme angekündigt für zehn, gekommen um {9:50-10:10}, mit Armband, Etiketten und einem Patienten, der wusste, wohin er
  kommt. So einfach kann es sein.

k Die Frau in Zimmer {room} hatte im Wartebereich geweint. <Du hast|Ihr habt> uns angerufen, damit oben jemand Zeit
  hat, wenn sie kommt. Wir hatten Zeit.

t {6-9} Zugänge am {day}, zwei freie Betten. <Du hast|Ihr habt> die Aufnahmen so gestreckt, dass wir zwischendurch entlassen
  konnten. Niemand lag auf dem Flur.

c Isolationspflichtig, stand nur im Brief vom Pflegeheim, Seite drei. <Du hast|Ihr habt> den Brief gelesen und angerufen.
  Der Patient kam gleich ins Einzelzimmer und seine drei Bettnachbarn blieben gesund.

r Etiketten leer um {2:20-4:50}. <Du hast|Ihr habt> {4-6} Bögen gedruckt und selbst hochgebracht, weil unser Drucker
  auch nicht mehr wollte.

k Der Mann aus Zimmer {room} ist ohne alles gekommen, direkt aus dem Garten. <Du hast|Ihr habt> bei der Nachbarin angerufen, die
  jetzt seine Katze füttert. Er fragt jeden Tag nach der Katze. Es geht ihr gut.

a Danke für die Frage, ob wir lieber erst anrufen oder erst sehen wollen, wer kommt. Anrufen! Seitdem haben wir {10-15}
  Minuten Vorsprung, und das Bett ist gemacht.

c Der Geburtstag auf dem Armband stimmte nicht mit dem Ausweis überein. <Du bist|Ihr seid> damit selbst nach oben gekommen,
  {2-4} Minuten bevor wir Blut abgenommen hätten.

t Unsere Wunschliste war: keine geplanten Aufnahmen während der Übergabe. Seit {2-3} Wochen kommt zwischen eins und
  halb zwei niemand mehr. Wir essen wieder warm.

r Die Angehörigenliste mit Telefonnummern lag der Akte bei. Um {0:40-3:30} haben wir sie gebraucht.

k Am Tresen gab es Ärger um das Zweibettzimmer. Bei uns kam ein freundlicher Mann an. Was auch immer <du|ihr> ihm gesagt
  <hast|habt>: danke!

r Zimmerwechsel dreimal hin und her, und im System stand immer das richtige Bett. Die Küche hat jeden gefunden.

k Der Patient hatte seinen Hund dabei. <Du hast|Ihr habt> weder den Hund noch den Patienten weggeschickt, sondern die Schwester angerufen.

t Freitagmittag, {n:5-7} Entlassungen, {n} Aufnahmen, ein Aufzug. <Du hast|Ihr habt> unten die Reihenfolge gemacht und oben angerufen. Wie am Flughafen, nur freundlicher.

c „Er sagt, er ist {62-69}, hier steht {72-79}." <Du hast|Ihr habt> nicht dem Rechner geglaubt. Zwei Brüder, eine Akte.

a <Du hast|Ihr habt> gefragt, ob die Patienten den Lageplan verstehen. Wir haben drei gefragt. Nein. Der neue hat Farben.

k Um {23:10-23:55} kam die Tochter aus Lissabon an. <Du hast|Ihr habt> sie reingelassen, hochgebracht und ihr gezeigt, wo der Tee steht. Es war rechtzeitig.

r Patientenverfügung eingescannt, bevor wir gefragt haben. In dieser Nacht haben wir danach gehandelt.
""",
    "radiology>registration": """
r Fallnummer vor dem Patienten. Nicht danach, nicht gleichzeitig: davor. {#34-52} Untersuchungen gestern, kein einziges Bild
  ohne Zuordnung.

c <Du hast|Ihr habt> gesehen, dass der Überweisungsschein für das rechte Knie war und der Patient links hinkte. Eine Rückfrage
  beim Hausarzt, {5-15} Minuten. Es war das linke.

t Als unser Anmeldesystem stand, <hast du|habt ihr> {11-18} Patienten mit Papierzetteln durchgeschleust, nummeriert wie beim Bäcker.
  Hat wunderbar funktioniert.

k Die Patientin im Rollstuhl kam nicht durch unsere Tür, also <hast du|habt ihr> die Anmeldung zu ihr hinausgetragen.

a Welche Fragen zum Kontrastmittel kann man schon am Tresen stellen? <Du hast|Ihr habt> gefragt, wir haben
  {3-4} aufgeschrieben. Seitdem fällt morgens keiner mehr aus dem Plan.

r Schwangere, dringend, ohne Termin, {16:50-18:20}. <Du hast|Ihr habt> die Aufnahme vorgezogen, uns angerufen und sie selbst
  hergebracht. Mutter und Kind sind wohlauf.

c Zwei Fälle für denselben Menschen, einmal mit Umlaut, einmal ohne. <Du hast|Ihr habt> sie zusammengelegt. Plötzlich
  hatten wir die Voraufnahmen von {#2017-2023}, und die Biopsie war nicht mehr nötig.

t Der Anruf „bei euch sitzen gleich acht, ich schicke zwei zuerst zum Labor" war Gold wert. Unser Wartebereich hat
  sieben Stühle.

r Alle Begleitpapiere in einer Mappe, Telefonnummer vom Heim obenauf. Ich habe nur einmal anrufen müssen, und es ging jemand ran.

a Ob wir einen Termin lieber zu früh oder gar nicht angekündigt haben wollen, hat uns noch nie jemand gefragt. Zu früh!

k Das Kind wollte nicht in den Warteraum mit dem Gerät hinter der Scheibe. <Du hast|Ihr habt> es draußen aufgerufen, mit seinem Kuscheltier als Ersten.
""",
    "registration>it": """
r Kartenleser an Tresen {#1-5} tot, Schlange bis zur Drehtür. <Du warst|Ihr wart> nach {5-9} Minuten mit einem neuen da und
  <hast|habt> den alten gleich mitgenommen, damit ihn keiner wieder anschließt.

t Die neue Aufnahmemaske hatte den Kostenträger auf der dritten Seite. <Du hast|Ihr habt> eine Stunde bei uns am Tresen
  gesessen und zugeschaut. Jetzt steht er auf der ersten.

k Ich habe {lately} „der Computer ist kaputt" gemeldet. Der Monitor war aus. <Du hast|Ihr habt> gesagt, das Kabel sei aber auch
  wirklich locker gewesen. War es nicht, oder?

r Update angekündigt für {22:00-23:30}, fertig um {4:10-5:20}, und jemand blieb, bis die ersten {n:15-25} Aufnahmen durch
  waren. So dürfen Updates sein.

c <Du hast|Ihr habt> in den Protokollen gesehen, dass unsere Etikettendrucker nachts ins Leere drucken, und angerufen, obwohl
  sich noch keiner beschwert hatte.

a „Was tippt ihr am häufigsten doppelt?" Die Telefonnummer. Seit {day} nicht mehr. Bei {120-160} Aufnahmen am Tag spürt man
  das [in den Fingern|am Feierabend].

r Ausfall um {6:10-7:20}, mitten in den geplanten Aufnahmen. Alle zehn Minuten eine ehrliche Meldung, was bekannt ist und was
  nicht. Damit kann man vor {20-30} Wartenden stehen.

k Danke, dass <du|ihr> unserem ältesten Kollegen die neue Anmeldung {3-5} Mal gezeigt <hast|habt>, jedes Mal
  [wie beim ersten Mal|mit derselben Geduld]. Er zeigt sie jetzt den anderen.

c Falsches Häkchen im Rechtekonzept, und ich hätte alle Personalakten gesehen. <Du hast|Ihr habt> es vor mir gemerkt.
  Beruhigend.

t Für den Tresen am Nebeneingang gab es keinen Netzanschluss, kein Geld und keinen Plan. Seit {day} gibt es einen
  Anschluss. Ich frage nicht.

r Der Drucker für die Armbänder druckt wieder gerade. Klingt lächerlich, war aber seit {4-7} Wochen mein größtes Problem.

t Barcodescanner für die alten Ausweise, angelernt auf {3-4} Bundesländer und eine Busfahrkarte. Die Busfahrkarte war mein Wunsch.

r Terminal {#1-5} startet jetzt in {9-14} Sekunden statt in zwei Minuten. Ich habe dadurch Zeit, guten Morgen zu sagen.

k Am Telefon habe ich „das rote Ding mit dem Kreuz" gesagt. <Du wusstest|Ihr wusstet>, was ich meine.

c <Du hast|Ihr habt> bemerkt, dass unsere Wartenummern doppelt vergeben werden, immer ab {#97-99}. Deshalb standen also immer zwei da!
""",
    "radiology>it": """
r Bildarchiv voll an einem {day} um {10:20-11:40}, {7-12} Patienten in der Kabine. <Du hast|Ihr habt> in {20-35} Minuten Platz
  geschaffen, ohne dass ein Bild verloren ging.

c <Du hast|Ihr habt> bemerkt, dass die Uhr am CT {3-6} Minuten nachging. Bei Kontrastmittel und Reanimationen ist das
  kein Schönheitsfehler.

t Die Bilder aus dem Partnerkrankenhaus kamen bisher auf CD, mit dem Taxi. Seit {day} sind sie einfach da. Der Taxifahrer
  vermisst uns.

a <Du hast|Ihr habt> gefragt, warum wir alle um Punkt acht klagen, dass es langsam ist. Weil da die Sicherung lief. Läuft sie
  jetzt um fünf? Läuft sie. 😌

r Befundmonitor ausgefallen, eine Stunde später hing der neue, kalibriert und mit Protokoll. Ich hatte mit {2-3}
  Tagen gerechnet.

k Unser Chef wollte die Anordnung der Fenster zum {#4-6}. Mal anders. <Du hast|Ihr habt> sie zum {#4-6}. Mal anders gemacht und
  [gelächelt|nicht einmal die Augen verdreht].

t Testbilder am Sonntagmorgen, damit am Montag die neue Mammografie läuft. <Du hast|Ihr habt> sogar Brötchen mitgebracht.

r Spracherkennung erkennt jetzt „Osteochondrose" und schreibt nicht mehr „Ostern schon rosé". Schade eigentlich, aber danke.

c Beim Zusammenführen zweier Patienten wären die Bilder in der falschen Akte gelandet. <Du hast|Ihr habt> vorher einen Probelauf
  gemacht und uns das Ergebnis gezeigt.

t Wir wollten den Befund diktieren, während das Bild noch lädt. <Du hast|Ihr habt> gesagt „geht nicht" und drei Tage später „geht".

c Zugriff von auswärts um {2:20-4:40}, {lately}. <Du hast|Ihr habt> zuerst bei uns angerufen und dann gesperrt. Es war tatsächlich keiner von uns.

a <Du hast|Ihr habt> gefragt, welcher Klick uns am meisten nervt. Das „Sind Sie sicher?" beim Drucken. Weg.
""",
    "ward_5b>it": """
t Der Visitenwagen verlor zwischen Zimmer 508 und 512 immer das Netz. <Du bist|Ihr seid> mit dem Laptop auf dem Arm mit uns mitgelaufen,
  {2-3} Visiten lang. Es war die Brandschutztür. Jetzt hängt dahinter ein Sender.

r Kurvensystem weg um {1:50-4:20}. <Du warst|Ihr wart> nach zwei Klingelzeichen am Telefon und <hast|habt> uns
  Schritt für Schritt durch den Notfallausdruck geführt. Kein Medikament wurde ausgelassen.

k Niemand ist hier länger als ich, und ich habe die neue Kurve gehasst. <Du hast|Ihr habt> mir einen Zettel mit den {5-7} Knöpfen gemacht, die
  ich wirklich brauche. Jetzt hasse ich nur noch die Farbe.

r Vier neue Akkus für die Visitenwagen, noch am selben Tag. Wir müssen nicht mehr von Steckdose zu Steckdose visitieren.

c <Du hast|Ihr habt> gesehen, dass sich von unserem Stationsrechner aus niemand abgemeldet hat, seit Tagen. Statt einer Rundmail kam ein
  freundlicher Anruf und eine automatische Sperre, mit der man leben kann.

a Ob wir die Warnung bei jeder Ibuprofen lesen? Ehrlich: nein. Gut, dass <du|ihr> gefragt <hast|habt>. Seit sie weg ist, lesen wir
  die anderen wieder.

t Das Patientenfernsehen ist nicht euer Auftrag, ich weiß. Der Herr aus Zimmer {room} hat trotzdem das Spiel gesehen. Er sagt, das sei
  Medizin gewesen. ⚽

r Scanner getauscht, Rollen geölt, beides an einem Nachmittag. Das mit den Rollen stand in keinem Ticket.

k Meine Brille war weg, der Bildschirm zu klein, die Visite fing an. <Du hast|Ihr habt> mir die Schrift so groß gestellt, dass man sie vom Flur lesen kann. Reicht.

c <Du hast|Ihr habt> gesehen, dass unsere Uhr in der Kurve eine Stunde vorging, am Tag nach der Umstellung. {14-22} Medikamentengaben wären sonst falsch gestempelt.

t <Du hast|Ihr habt> den Probelauf für die neue Kurve in unsere ruhigste Stunde gelegt, und die ist um {4:10-5:20}. Mit Kuchen.

a „Warum schreibt ihr das auf Papier mit?" Weil der Wagen morgens leer ist. Jetzt hängt hinter jeder zweiten Tür eine Ladeschiene.

r Drei Drucker, ein Treiber, kein Stau mehr. Ich habe mich schon dabei erwischt, grundlos etwas auszudrucken.
""",
    "laboratory>it": """
r Befundschnittstelle nach dem Update wieder da, und <du bist|ihr seid> geblieben, bis die ersten {60-140} Ergebnisse auf Station
  angekommen waren.

c <Du hast|Ihr habt> gesehen, dass die Einheit beim Export verloren ging. Millimol ohne Millimol sind nur Zahlen.

t Drei Abende Test mit unserem alten Analysegerät, das eigentlich keiner mehr anfassen will. Jetzt spricht es wieder mit der
  Welt.
""",
    "theatres>facilities": """
r Lüftung in Saal {#1-6} wieder im Bereich, nachts um {2:10-4:50} eingestellt und vor dem ersten Schnitt gemessen. Wir mussten
  nichts absagen.

c <Du hast|Ihr habt> bei der Prüfung gesehen, dass am OP-Tisch eine Schraube gerissen war. Der nächste Patient wog
  {120-160} Kilo.

t Lampe ausgefallen, Ersatz auf dem Gang, vier Hände, {6-11} Minuten. Danke, dass <du|ihr> im Haus <warst|wart>.

r Der Bohrer lädt wieder, die Tür schließt wieder, der Tisch quietscht nicht mehr. Alles an einem Vormittag, ohne einen Saal zu
  sperren.
""",
    "sterile>facilities": """
r Kein Dampf um {4:30-5:40}, erster Sterilisator sollte um sechs laufen. <Du bist|Ihr seid> von zu Hause gekommen. Um
  {6:10-6:40} hatten wir Druck, und oben hat niemand etwas gemerkt.

c <Du hast|Ihr habt> am Belag auf den Klemmen erkannt, dass die Enthärtung durch war. Die Messung gab <dir|euch> recht. Das hätte uns
  {2-3} Maschinen verkalkt.

t Wartung vom Reinigungsautomaten in der Nacht statt am Vormittag. Für <dich|euch> eine kurze Nacht, für uns
  {40-60} Siebe, die nicht liegen geblieben sind.

k Unsere Tür hat einer Kollegin die Finger geklemmt. <Du hast|Ihr habt> zuerst Eis gebracht und dann Werkzeug.

a <Du hast|Ihr habt> gefragt, warum wir die Wagen über die Schwelle heben. Weil es die Schwelle schon immer gab. Es gibt sie
  seit {day} nicht mehr, und mein Rücken schickt Grüße.

r Die Dichtung am Sterilisator {#1-4} war eine Sonderanfertigung, Lieferzeit drei Wochen. <Du hast|Ihr habt> sie in {2-3} Tagen besorgt,
  ich will nicht wissen, wie.

c Messprotokoll, Druckkurve, Unterschrift: alles da, bevor der Prüfer danach gefragt hat. Er war nach {30-50} Minuten wieder draußen.

t Rohrbruch über der reinen Seite. In {15-25} Minuten standen {5-7} Leute mit Saugern da, auch zwei, die frei hatten. Kein
  Container nass geworden.

r Hebebühne am Packtisch wieder heil. {8-12} Siebe am Tag hebe ich jetzt nicht mehr aus den Knien.

k Zwei Ventilatoren und eine Kiste Wasser, als es bei uns {33-36} Grad hatte. Ohne Auftrag, ohne Kommentar.

c <Du hast|Ihr habt> beim Vorbeigehen gehört, dass die Vakuumpumpe anders läuft. Lager fällig, {2-3} Tage vor dem Wochenende.

t Neuer Leitungsplan mit Farben, gemeinsam an die Wand gemalt. Die Nachtschicht findet das Absperrventil jetzt ohne Anruf.
""",
    "ward_3a>facilities": """
r Bett aus Zimmer {room} fuhr nicht mehr hoch, die Patientin lag flach und bekam schlecht Luft. {8-14} Minuten vom Anruf bis
  zum neuen Bett.

k <Du hast|Ihr habt> in Zimmer {room} die Heizung entlüftet und dem Herrn dabei zugehört, der früher selbst Installateur war. Er war den
  ganzen Nachmittag [stolz|bester Laune].

t Umzug von vier Zimmern wegen der Bodenarbeiten, angesagt waren zwei Tage. <Du hast|Ihr habt> es an einem geschafft und
  jedes Bild wieder an den richtigen Nagel gehängt.

c <Du hast|Ihr habt> beim Lampenwechsel gesehen, dass der Notruf in der Dusche nicht ging. Niemand hatte ihn gemeldet, weil
  ihn niemand gebraucht hatte. Zum Glück.

r Rufanlage stumm um {2:10-3:40}, mitten in der Nacht. Bis <du|ihr> da <warst|wart>, sind wir von Tür zu Tür
  gelaufen. Lange mussten wir nicht laufen.

k Der Fernseher in Zimmer {room} ist nicht wichtig, hat jemand gesagt. <Du hast|Ihr habt> ihn trotzdem vor dem Krimi
  repariert.

a Danke fürs Fragen, wie hoch der Desinfektionsspender hängen soll. Jetzt kommen auch alle unter eins sechzig dran.

r Zwei Rollstühle repariert zurück, mit Schild, wem sie gehören. Wenn sie diesmal bei uns bleiben, backe ich einen Kuchen.
""",
    "icu>facilities": """
r Stromumschaltung am {day}, angekündigt auf die Minute, {3-5} Leute von euch an den Betten, falls etwas piept. Es hat nichts
  gepiept.

c Der Sauerstoffdruck war nur ein wenig gefallen, noch kein Alarm. <Du hast|Ihr habt> trotzdem nachgesehen. Ein undichtes Ventil,
  und daran hingen {10-14} Beatmungen.

t Beatmungsgerät {#2-9} stand seit Tagen mit Zettel im Flur. <Du hast|Ihr habt> es geholt, geprüft und zurückgebracht, am selben Tag, an
  dem wir es brauchten.

k Bei der Reparatur an Bett {#1-14} schlief die Patientin zum ersten Mal seit zwei Nächten. <Du hast|Ihr habt> leise gedreht.
  Ich wusste nicht, dass man einen Akkuschrauber leise benutzen kann.

a <Du hast|Ihr habt> gefragt, welche Alarme wir nachts wirklich hören müssen. Die Türklingel vom Lager gehörte nicht dazu.

r Klimaanlage aus bei {31-35} Grad. <Du hast|Ihr habt> mobile Geräte aus der Verwaltung geholt. Dort soll es daraufhin sehr warm gewesen
  sein. 😎

t Neues Bett, neue Matratze, neuer Stecker, passt nicht. Eine Stunde später passte er. {@them} hat einfach beide Seiten
  umgebaut.

c Auf dem Typenschild der Pumpe stand ein Rückruf vom letzten Herbst. <Du hast|Ihr habt> ihn gelesen, von uns keiner.

t Umbau von Bett {#1-14} bei laufendem Betrieb: {4-6} Nächte, leise, mit Vorhang. Unsere Patienten haben es für eine Reinigung gehalten.

r Dialysewasser um {5:10-6:30} freigegeben, nach einer Nacht mit Leck. Alle drei Behandlungen begannen pünktlich.

c <Du hast|Ihr habt> gehört, dass ein Absauger anders klingt. Ich hätte geschworen, der klingt immer so.

k Die Angehörigen haben im Flur auf Umzugskartons gesessen. {lately} standen plötzlich vier Sessel da, mit Leselampe.

a <Du hast|Ihr habt> gefragt, wo wir nachts das Licht wirklich brauchen. Jetzt ist es über den Betten dunkel und am Medikamentenplatz hell. Vorher war es umgekehrt.

r Beatmungsgerät zur Prüfung abgeholt, wenn ein Bett leer war, nicht wenn es im Kalender stand. Das hat noch nie jemand so gemacht.
""",
    "pharmacy>ward": """
r Medikationspläne zur Visite vollständig, mit Gewicht und Nierenwert. Ich konnte {14-22} Patienten in einer Stunde durchsehen statt
  in zwei.

a „Das hat die Patientin zu Hause noch nie genommen, stimmt das?" Es stimmte nicht. So eine Frage von der {theirs} ist mehr wert
  als jede Software.

t Der Retourenkorb kommt sortiert, kühl bleibt kühl, angebrochen bleibt oben. {#110-340} Euro, die wir {lately} nicht wegwerfen mussten.

c <Du hast|Ihr habt> gemerkt, dass zwei Chargen verschieden aussehen, und mir beide auf den Tisch gelegt. Es war ein Rückruf,
  von dem wir noch nichts wussten.

k Ich kam mitten in eure Übergabe geplatzt. <Du hast|Ihr habt> mir einen Stuhl und einen Kaffee hingeschoben und mich zuhören lassen.
  Hat meiner Bestellung gutgetan.

r BtM-Buch ohne eine einzige Lücke, drei Monate lang. Die Prüfung hat {10-15} Minuten gedauert.

t Wir haben auf der {theirs} den Notfallwagen zusammen neu eingeräumt. Ich habe gelernt, dass niemand in die unterste Schublade
  schaut. Da liegt jetzt auch nichts mehr.

k Ich habe mich im Ton vergriffen, wegen der Kühlkette. <Du hast|Ihr habt> mir ruhig gezeigt, dass der Kühlschrank gar nicht eurer ist.

c Auf der {theirs} hat jemand die alte Dosierungstabelle von der Wand genommen, bevor die neue da war. Mit einem Zettel: „Bitte anrufen." Richtig so.

t {14-19} Rückrufe an einem Tag, und von der {theirs} kam jede Bestätigung innerhalb einer Stunde.
""",
    "pharmacy>billing": """
r Zusatzentgelte für {7-12} Patienten, Frist {day}, Unterlagen von mir am Abend davor. Eingereicht wurden sie trotzdem
  vollständig.

t Einmal im Monat eine halbe Stunde zusammen auf die teuren Präparate schauen: <deine|eure> Idee, und schon beim {#2-3}. Mal haben
  wir {14000-38000} Euro gefunden, die niemand berechnet hatte.

k Ich kann Wirkstoffe, keine Buchhaltung. <Du erklärst|Ihr erklärt> mir Kostenstellen, als wären es Wirkstoffe. Endlich verstehe ich sie.

a „Wer bestellt eigentlich auf 4711?" Niemand wusste es. Jetzt wissen wir es, und die Nummer ist zu. Danke fürs Bohren.

r Rezeptur abgerechnet, Rückfrage beantwortet, Retaxation abgewendet, alles in {2-3} Tagen. Ich hatte den Betrag schon
  abgeschrieben.

t Für die neue Zelltherapie <hast du|habt ihr> mit uns und der Kasse in einer Leitung gesessen, {70-110} Minuten. Danach war die Kostenzusage da.

c Packungsgröße statt Menge berechnet, {6-9} Mal. <Du hast|Ihr habt> es gesehen, bevor die Prüfung es sieht.

r Monatsliste der Sonderrezepturen jetzt am Dritten statt am Zwanzigsten. Ich kann nachbestellen, solange ich noch weiß, wofür.

k <Du hast|Ihr habt> mir die Mahnung eines Lieferanten abgenommen, der nur noch brüllt. Er brüllt jetzt nicht mehr.
""",
    "hr>billing": """
r Reisekosten vom Fortbildungskurs, {8-14} Leute, alle vor dem Ersten auf dem Konto. Es hat sich tatsächlich jemand bei uns bedankt.
  Ich leite das weiter.

c <Du hast|Ihr habt> gesehen, dass die Kursgebühr zweimal abgebucht war, bei {3-5} Pflegekräften. Die hätten das selbst kaum
  gemerkt, so ein Monat ist lang.

k Unsere neue Kollegin aus Porto hatte noch kein deutsches Konto. <Du hast|Ihr habt> den Vorschuss möglich gemacht, ohne ein Formular
  für ein Formular. Sie konnte die Kaution zahlen.

t Wir haben den Reisekostenbogen zusammen von {4-5} Seiten auf eine gekürzt. Auf der einen ist sogar noch Platz.

a Gut, dass <du|ihr> gefragt <hast|habt>, warum wir Hotelrechnungen im Original wollen. Wir wollen sie nicht. Wir dachten,
  <du willst|ihr wollt> sie.

r Stichtag Personalkosten, {lately}. Alle {14-15} Kostenstellen stimmten auf den Cent. Das Lob der Wirtschaftsprüferin gebe ich gern
  weiter.

t Die Fortbildungskosten stehen jetzt als Monatsliste bei uns, so wie wir sie brauchen und nicht, wie das System sie ausspuckt.

c <Du hast|Ihr habt> gemerkt, dass {2-3} Hotelrechnungen noch auf Ausgeschiedene laufen. Das Hotel war erstaunt, wir auch.

r Vorschuss für den Kongress um {9:20-11:40} beantragt, am selben Nachmittag überwiesen. Der Zug ging am nächsten Morgen.

k Die Auszubildenden haben zum ersten Mal Fahrtkosten abgerechnet, entsprechend sah es aus. <Du hast|Ihr habt> jedem einzeln zurückgeschrieben.
""",
    "ward_3a>billing": """
k Die Patientin in Zimmer {room} konnte nicht schlafen, weil sie dachte, das Einzelzimmer kostet sie {1900-3400} Euro. <Du hast|Ihr
  habt> ihr am Telefon in zwei Minuten erklärt, dass nein. Sie hat geschlafen.

r Frage zur Zusatzversicherung um {11:10-14:30}, Antwort nach {8-12} Minuten, in einem Satz, den ich vorlesen konnte.

c <Du hast|Ihr habt> gemerkt, dass unser Privatpatient gar keiner mehr ist. Bevor der Chefarzt seine Visite berechnet hat.

t Ein kleines Blatt „Was sage ich Privatpatienten?" hängt jetzt bei uns am Stützpunkt. {n:5-6} Fragen, {n} Antworten. Keine Ausreden
  mehr von unserer Seite.

a Danke, dass <du|ihr> gefragt <hast|habt>, was die Leute bei uns am Bett zu Rechnungen wissen wollen. Es ist immer dasselbe: Muss ich
  hier und jetzt etwas bezahlen?

k Der Witwer kam wegen der Rechnung und wollte eigentlich reden. <Du hast|Ihr habt> ihn reden lassen und ihm dann den Weg zu uns
  gezeigt. Er hat sich noch einmal verabschiedet.

t {2-3} Stunden Sprechzeit auf der 3A, mit Thermoskanne, für alle Fragen rund um Wahlleistungen. Danach war unser Telefon still.

c Die Patientin zahlte ihre Zusatzversicherung seit Januar nicht mehr. <Du hast|Ihr habt> es uns vor dem Zimmerwechsel gesagt, nicht danach.

r Kostenvoranschlag für den Patienten aus {#301-326}, gebraucht bis zur Visite, da um {7:40-8:10}.
""",
    "icu>hr": """
r Die Berufsanerkennung für unsere Kollegin aus Kerala ist da, {4-7} Wochen früher als gedacht. Ich weiß, wie viele Telefonate mit der
  Bezirksregierung darin stecken.

t Drei Kranke in einer Woche, und <du hast|ihr habt> für {day} und das Wochenende jemanden aus dem Pool gefunden, der beatmen kann. Wir
  haben kein Bett gesperrt.

k Nach dem schlimmen Dienst am {day} kam ein Anruf: Ob jemand reden möchte, ob jemand frei braucht. Zwei von uns haben
  Ja gesagt.

c <Du hast|Ihr habt> gesehen, dass die Nachtzuschläge seit der Umstellung falsch gerechnet waren. {9-14} Leute bekommen Geld
  nach, und keiner musste betteln.

a <Du hast|Ihr habt> uns gefragt, welche Schicht wirklich keiner will. (Freitag spät.) Der neue Plan sieht anders aus.

r Vertrag verlängert, bevor er auslief. Klingt selbstverständlich, war es für {@us} die letzten drei Male nicht.

t <Du hast|Ihr habt> für die Fachweiterbildung {n:3-4} Plätze erkämpft. Alle {n} Bewerbungen waren in einer Woche fertig, weil <du|ihr> mitgeschrieben <hast|habt>.

r Die Zulage für die Praxisanleitung ist endlich drauf, auch rückwirkend. {2-3} Leute haben heute Morgen gestrahlt.

k Unsere Kollegin kommt nach {7-11} Monaten Krankheit zurück. Der Plan zur Wiedereingliederung passt zu ihr und nicht zum Formular.

c Im Vertragsentwurf stand Wechselschicht statt Dauernacht. <Du hast|Ihr habt> vor der Unterschrift angerufen.

r Impfnachweise für {#18-26} Leute zusammengesucht, rechtzeitig zur Begehung. Ich hatte drei davon, den Rest <hattest du|hattet ihr>.

t <Du hast|Ihr habt> mit uns den Sommerurlaub gepuzzelt, {2-3} Stunden, mit Magneten. Keine Streitigkeiten, ein Rätsel übrig, gelöst am nächsten Tag.
""",
    "ward_5b>hr": """
r Unsere neue Pflegehelferin hatte am ersten Tag: Schlüssel, Kleidung, Zugang, Namensschild. Alles. Sie dachte, das sei normal.

k Ich musste wegen meines Vaters von heute auf morgen auf {50-60} Prozent. <Du hast|Ihr habt> nicht gefragt, ob das geht, sondern ab
  wann.

t Der Pool hat uns für {day} eine Kollegin geschickt, die schon einmal auf der 5B war. Dass <du|ihr> darauf geachtet <hast|habt>, hat uns
  den halben Dienst gerettet.

c Resturlaub falsch übertragen, {3-6} Tage zu wenig, bei mir und zwei anderen. <Du hast|Ihr habt> es selbst entdeckt und gleich
  geschrieben.

a Auf der Willkommensmappe stand jahrelang das falsche Parkhaus. <Du hast|Ihr habt> die Neuen gefragt, was sie am ersten Tag gesucht
  haben, und danach die Mappe geändert.

r Fortbildung Wundmanagement: beantragt {workday}, genehmigt einen Tag später. Zwei von uns fahren.

t Vorstellungsgespräch auf Station statt im Sitzungszimmer: <deine|eure> Idee. Die Bewerberin hat gleich gesehen, wie es hier ist, und zugesagt.

r Dienstvertrag für die Aushilfe, Montag angefragt, Mittwoch hat sie angefangen.

k Nach meinem Arbeitsunfall musste ich keinen einzigen Bogen allein ausfüllen. <Du hast|Ihr habt> mich zu Hause angerufen und mitgeschrieben.

c Stundenkonto von {4-6} Leuten nach der Umstellung nachgerechnet, freiwillig. Bei dreien fehlte etwas, bei keinem zu viel.
""",
    "it>hr": """
r Alle {6-11} Eintritte zum Ersten standen diesmal {5-8} Tage vorher im System. Niemand saß am ersten Morgen ohne Zugang da.

c <Du hast|Ihr habt> gemeldet, dass ein Kollege schon seit {3-5} Wochen weg ist, sein Konto aber nicht. Jetzt ist es zu, und die Austritte
  kommen automatisch.

t Wir haben die Bewerbungsgespräche gemeinsam geführt, halb Fachfragen, halb Menschenkenntnis. Für den Menschenteil bin ich dankbar.

k Elternzeit, Teilzeit, Rufbereitschaft, und ich verstehe den Tarif nicht. <Du hast|Ihr habt> mir ein Beispiel mit meinen Zahlen
  gerechnet. Am Telefon, im Kopf.

a Danke für die Frage, welche Rolle eine „Springerin Pflege" bei uns eigentlich braucht. Keine einzige von denen, die sie hatte.

r Rufbereitschaft vom {day} schon auf dem Zettel dieses Monats. Daran habe ich mich noch nicht gewöhnt.
""",
}
