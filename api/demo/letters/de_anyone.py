"""German letters across undeclared edges, within a department, to two departments at once; openings, closings."""

LETTERS = {
    "pharmacy>laboratory": """
c Der Spiegel war zu hoch, aber die Abnahmezeit passte nicht. <Du hast|Ihr habt> mich angerufen, statt den Wert einfach zu
  faxen. Die Dosis blieb, wie sie war, und das war richtig.

r Gerinnungswerte jetzt direkt bei uns im Postfach, jeden Morgen vor {7:30-8:15}. Wir richten die Blutverdünner danach, nicht nach
  Gefühl.

t Wir haben zusammen {#40-60} alte Proben durchgesehen, um den Antibiotika-Hausstandard neu zu schreiben. Ohne die Keimstatistik aus dem Labor wäre es
  ein Wunschzettel geworden.

a <Du hast|Ihr habt> gefragt, wozu wir den Vancomycin-Talspiegel um diese Uhrzeit brauchen. Gar nicht. Wir messen jetzt später und
  seltener.

c Der Spiegel war in Ordnung, die Nierenwerte daneben nicht mehr. <Du hast|Ihr habt> mir beides zusammen geschickt.

t Der neue Grenzwert gilt seit {day} in beiden Systemen gleichzeitig. Beim letzten Mal lagen drei Wochen dazwischen.

r Nachgemessen um {16:40-18:20}, weil ich dem Spiegel nicht getraut habe. Ich hatte unrecht, aber jetzt weiß ich es.

k Unsere Praktikantin durfte bei euch einen Tag ans Gerät. Sie will jetzt Toxikologin werden.

a <Du hast|Ihr habt> gefragt, welche fünf Spiegel wir wirklich eilig brauchen. Es sind drei.
""",
    "registration>billing": """
a Danke für die Liste „Was passiert mit eurem Häkchen". Zum ersten Mal in {8-14} Jahren weiß ich, warum ich es setze.

k Ein Patient hat mich wegen einer Mahnung angeschrien. <Du bist|Ihr seid> nach vorn an den Tresen gekommen und <hast|habt> sie ihm
  erklärt, auf einem Stuhl neben ihm.

c <Du hast|Ihr habt> gemerkt, dass unsere Maske seit dem Update ein Feld nicht speichert. Wir hätten es noch wochenlang ausgefüllt.

r Jede Ablehnung kommt jetzt mit einem Satz, woran es lag. {n:12-20} Sätze habe ich mir an den Monitor geklebt, {2-4} brauche ich schon nicht
  mehr.

t Wir haben zusammen am Tresen gestanden und gezählt, wie oft die Frage nach der Zuzahlung kommt: {#31-44} Mal. Jetzt hängt die Antwort an der Tür.

r Rückruf wie versprochen vor {14:00-15:30}, mit Aktenzeichen. Der Patient saß noch bei mir.

k Ich hatte {9-14} Fälle falsch zugeordnet. Es kam keine Liste, sondern ein Anruf: „Sollen wir das schnell zusammen machen?"

c <Du hast|Ihr habt> gemerkt, dass eine neue Kasse in unserer Auswahl fehlt. Deshalb haben wir alle „Sonstige" angekreuzt!
""",
    "laboratory>ward": """
r Röhrchen beschriftet am Bett, in der richtigen Reihenfolge, Uhrzeit dabei. {lately} {#60-90} Stück von der {theirs}, keines musste zurück.

c Auf dem Schein stand „Abnahme schwierig, evtl. hämolytisch". So ein Halbsatz erspart uns eine halbe Stunde Rätselraten.

t <Du hast|Ihr habt> die Blutkulturen gleich runtergebracht, statt sie auf die Rohrpost zu legen. {2-3} Stunden früher im Schrank,
  {2-3} Stunden früher positiv.

a „Wie viel Blut braucht ihr denn mindestens?" Weniger, als alle denken. Ich habe die Tabelle gleich ausgedruckt.

k Unsere Azubine kam heulend aus dem Zimmer. <Du hast|Ihr habt> sie abgefangen und beim nächsten Patienten danebengestanden.
  {lately} hat sie allein {12-18} abgenommen.

r Sammelurin, 24 Stunden, mit Start, Ende und Volumen. Ich erwähne es nur, weil es selten ist.

c Auf dem Etikett zwei Nachnamen, auf dem Schein einer. Die {theirs} hat angerufen, bevor wir es konnten.

t <Du hast|Ihr habt> die Proben nach Dringlichkeit in zwei Beutel gepackt, rot und weiß. So kam um {6:20-7:10} das Wichtige zuerst.

k Danke für die Nachricht, dass es der Patientin besser geht. Wir sehen hier ja nur ihre Zahlen.

a „Wäre es euch lieber, wenn wir vor oder nach dem Frühstück abnehmen?" Vor. Und danke fürs Fragen.
""",
    "radiology>ward": """
r Der Patient war wach, nüchtern, ohne Schmuck und hatte den Bogen in der Hand. Ich dachte kurz, es sei ein Test.

c „Vorsicht, sie sieht links nichts" stand auf dem Transportzettel. Wir haben uns auf die andere Seite gestellt, und die Patientin blieb
  ruhig.

k <Du bist|Ihr seid> während des ganzen MRT bei ihm geblieben, Hand am Fuß, {35-50} Minuten. Anders wäre es nicht gegangen.

t Absage um {7:05-7:40} statt gar nicht. <Du ahnst|Ihr ahnt> nicht, wie schnell so ein freier Platz jemanden glücklich macht.

r Drei Patienten in Folge, jeder mit Bogen, Brille und Hausschuhen. Wir haben aufgeholt, was wir morgens verloren hatten.

c Schwangerschaftstest vor dem CT, von der {theirs} von sich aus gemacht. Er war positiv.

t <Du hast|Ihr habt> den Transport selbst gemacht, als unserer krank war, {4-7} Mal an einem Vormittag.
""",
    "sterile>theatres": """
t Siebe kommen seit {2-3} Wochen vorgespült und feucht zu uns. Wir haben pro Schicht fast eine Stunde gewonnen und weniger zu schrubben.

r OP-Plan für morgen, geschickt um {13:10-14:20}, und er stimmte. Wir konnten die Reihenfolge über Nacht fahren.

c <Du hast|Ihr habt> das Skalpell aus dem Sieb genommen, bevor es zu uns kam. Meine Hände sagen danke.

k Ich durfte einmal zusehen, wofür ich packe. <Du hast|Ihr habt> mir einen Hocker hingestellt und jedes Instrument hochgehalten.

a <Du hast|Ihr habt> gefragt, ob das neue Sieb für uns praktisch ist, bevor es bestellt war. War es nicht. Das andere schon.

r Zählzettel lesbar! Mit Uhrzeit und Kürzel! Ich habe ihn kopiert und als Muster aufgehängt.

c <Du hast|Ihr habt> die Zange mit dem lockeren Gelenk in ein Tuch gewickelt und „klemmt" draufgeschrieben. Die ist repariert, bevor sie jemanden ärgert.

t Zwei von uns durften in Saal {#1-6} mitlaufen. Beim Packen denken wir seitdem von links nach rechts.

k Nach dem Malheur mit der Spülmaschine kam aus Saal {#1-6} kein Fluch, sondern eine Runde Eis.
""",
    "coding>billing": """
t Die Kasse hat die Fallpauschale abgelehnt, und <du hast|ihr habt> mir den ganzen Schriftwechsel geschickt, nicht nur das Nein. Jetzt
  weiß ich, was im Brief stehen muss.

r Rückmeldungen am {day} gesammelt statt {9-14} Einzelmails. Ich kann wieder eine Akte zu Ende lesen.

c <Du hast|Ihr habt> bemerkt, dass dieselbe Kasse immer dieselbe Ziffer streicht. Wir haben Widerspruch eingelegt, {4-7} Mal, und
  gewonnen.

k Vor dem Gespräch mit dem Medizinischen Dienst war mir schlecht. <Du hast|Ihr habt> einfach einen Stuhl danebengestellt und
  mitgehört.

r Alle abgelehnten Fälle mit Grund, Datum und Ansprechpartner bei der Kasse. Mein Vormittag war kurz und der Nachmittag frei für anderes.

a <Du hast|Ihr habt> gefragt, warum Fälle bei uns manchmal liegen. Wegen einer Rückfrage an einer Stelle, die es nicht mehr gibt. Seit {day} gibt es eine neue.

t Gemeinsam am Telefon mit der Kasse, ich die Medizin, <du|ihr> das Geld. Nach {12-20} Minuten war der Fall durch.
""",
    "it>any": """
r Eine Fehlermeldung mit Uhrzeit, Bildschirmfoto und dem Satz „davor habe ich auf Drucken geklickt". Ich habe sie unserem
  Team vorgelesen. Gelöst in {6-11} Minuten.

t <Du hast|Ihr habt> beim Testen der neuen Maske alles kaputt gemacht, was wir übersehen hatten. {8-13} Fehler vor dem Start statt danach.

c Danke fürs Nachfragen bei der komischen Mail. Sie war wirklich nicht vom Vorstand, und <du hast|ihr habt> uns
  eine lange Nacht erspart.

k Ausfall, Telefon heiß, und dann steht jemand mit einem Teller Waffeln in der Tür. Kein Ticket, nur Waffeln.

r Wartungsfenster zugesagt, Rechner heruntergefahren, Kabel beschriftet. Wir waren um {18:10-19:40} zu Hause statt um zehn.

a „Bevor ihr das baut: Wir brauchen es eigentlich gar nicht." Selten hat mich ein Satz so gefreut.

t Danke für die {2-3} Stunden, in denen ich einfach zusehen durfte, wie <du arbeitest|ihr arbeitet>. Ich habe sieben Dinge notiert und vier davon schon geändert.

c Der Verdacht mit dem Netzteil war richtig. Es roch tatsächlich.

k Beim Umzug der Server gab es für uns Suppe, um {22:15-23:45}. Linsen.
""",
    "facilities>any": """
c <Du hast|Ihr habt> den Wasserfleck an der Decke gemeldet, als er noch so groß war wie eine Untertasse. Am Montag wäre es ein Loch
  gewesen.

k Kaffee um {5:40-6:20} für zwei Leute auf der Leiter, ohne dass wir gefragt hätten. ☕

r Raum leer, Bett abgeräumt, Tür offen, genau wie abgesprochen. Wir waren in {20-40} Minuten fertig statt nach der dritten Anfahrt.

t <Du hast|Ihr habt> beim Umräumen einfach mit angefasst, in Straßenkleidung, nach Dienst. {14-19} Schränke!

t Prüfung aller {#30-44} Betten, und kein einziges war belegt, als wir kamen. Wer das so geplant hat, plant auch meinen nächsten Urlaub.

r Schaden gemeldet mit Zimmer, Foto und „bitte nicht vor zehn, da schläft er". So eine Meldung hebe ich mir auf.

k Mein Kollege hat sich an der Leiter die Hand aufgerissen. <Du hast|Ihr habt> ihn verbunden, bevor ich den Verbandskasten gefunden hatte.

c <Du hast|Ihr habt> gerochen, dass etwas schmort. Eine Steckdosenleiste, hinter dem Schrank, mit {5-7} Geräten dran.

a <Du hast|Ihr habt> vor dem Bohren gefragt, was in der Wand ist. Wasser war in der Wand.

t Der alte Schrank musste raus und passte durch keine Tür. <Du hast|Ihr habt> mitgeschraubt, mitgetragen und mitgelacht.
""",
    "ward>ward": """
t Bei uns {3-4} Klingeln gleichzeitig und nur noch zwei Leute. <Du bist|Ihr seid> ungefragt rübergekommen und <hast|habt>
  die Abendrunde mitgemacht.

r Kein einziges Kissen mehr auf der {ours}. Fünf Minuten später lagen {6-9} auf unserem Wagen, mit Bezug.

k Unser Patient wollte um {2:40-4:50} nach Hause laufen und kam bei euch an. <Du hast|Ihr habt> mit ihm Tee getrunken und ihn dann
  gebracht, ganz ohne Aufhebens.

c Beim Verlegen in Zimmer {room} <hast du|habt ihr> gesehen, dass das Pflaster vom Schmerzmittel doppelt klebte. Eins war unseres.

t Danke für die Nachtwache am {day}. Zwei Stationen, drei Leute, eine Kanne. Ging irgendwie, und zwar gut.

a <Du hast|Ihr habt> gefragt, wie wir das mit der Essensbestellung machen. Beim Erklären haben wir gemerkt, dass wir es umständlich machen.

r Übergabe um {13:20-14:00} für drei Patienten, die wegen der Bauarbeiten zu uns kamen. Alles stand auf dem Zettel, sogar wer schnarcht.

c Unser Neuer hat bei euch ausgeholfen, und <du hast|ihr habt> gemerkt, dass er den Notfallwagen noch nie geöffnet hatte. Jetzt hat er.

k <Du hast|Ihr habt> der Tochter unseres Patienten einen Kaffee gemacht, weil bei uns gerade alles brannte.

t Betten getauscht, damit das alte Ehepaar zusammenliegen kann. Auf dem Papier war das unmöglich.

a „Wie macht ihr das mit den Klingeln nachts?" Aus der Frage ist eine Liste geworden, und aus der Liste eine ruhigere Nacht.

r Pumpe geliehen, gereinigt zurück, mit Kabel. Mit Kabel!
""",
    "ward>any": """
k Die Angehörigen von Zimmer {room} standen um {19:10-21:20} am falschen Eingang. <Du hast|Ihr habt> sie durchs ganze Haus zu uns
  gebracht, statt den Weg zu erklären.

t Rollstuhl verschwunden, Patient bestellt, Lift voll. <Du hast|Ihr habt> irgendwo einen aufgetrieben. Ich frage nicht, wo.

k <Du hast|Ihr habt> für unseren Patienten auf {tongue} übersetzt, {20-40} Minuten lang, in der eigenen Pause. Er hat zum ersten Mal
  wirklich verstanden, was gemacht wird.

r Nachts um {1:10-4:30} war unser letzter Infusionsständer weg. Zehn Minuten später stand einer da, mit vier Rollen, die alle
  in dieselbe Richtung wollten.

k Die Patientin aus Zimmer {room} hatte Geburtstag und niemand kam. Woher <du|ihr> das <wusstest|wusstet>, weiß ich nicht. Der Kuchen war jedenfalls
  da. 🎂

t Danke fürs Mithelfen beim Umbetten {lately}. Zu zweit hätten wir es nicht geschafft, ohne jemandem wehzutun.

c Auf dem Gang lag eine Tablette. <Du hast|Ihr habt> sie nicht weggeworfen, sondern gefragt, wem sie fehlt. Zimmer {room} fehlte sie.

k <Du bist|Ihr seid> mit der Dame zur Kapelle gegangen, weil von uns keiner wegkonnte. Sie war danach [wie ausgewechselt|sehr still und
  zufrieden].

r Blutdruckgeräte nach der Wartung zurück, {6-9} Stück, alle mit Batterien. Klingt selbstverständlich.

c Der Patient stand am {day} mit Jacke vorm Aufzug. <Du hast|Ihr habt> kurz mit ihm geredet, gemerkt, dass er nicht weiß, wo er ist, und uns gerufen.

k Nach der langen Nacht stand um {5:50-6:20} ein Korb mit Brezeln auf dem Tresen. Ich habe inzwischen herausgefunden, von wem.
""",
    "office>any": """
t Vor dem Audit lag der Ordner bei uns auf dem Tisch, mit Reitern. Ich hatte um eine Datei gebeten.

r Auf meine Mail kam nach {12-25} Minuten eine Antwort, und es stand auch gleich drin, was ich als Nächstes gefragt hätte.

a Danke, dass <du|ihr> in der Runde gesagt <hast|habt>, dass der Ablauf so nicht geht. Ich hatte mich nicht getraut.

k <Du hast|Ihr habt> unserer Praktikantin {lately} das Haus gezeigt, anderthalb Stunden. Sie weiß jetzt mehr als ich.

c <Du hast|Ihr habt> in meiner Tabelle den Fehler in Zeile {#48-212} gefunden. Ich hatte sie schon an die Geschäftsführung
  geschickt. Die zweite Fassung ging fünf Minuten später raus.

t Die drei Kartons mit den Altakten standen seit Wochen im Weg. Danke fürs Tragen. Und fürs Nichtfragen, warum ich sie aufgehoben habe.

r Das Protokoll lag eine Stunde nach der Sitzung da, mit allem, was ich versprochen hatte. Auch mit dem, was ich lieber vergessen hätte.

t <Du hast|Ihr habt> mir {2-3} Leute genannt, die ich anrufen sollte. Der letzte Anruf war der richtige.

t Beim Umzug unseres Büros kamen plötzlich {3-5} Leute um die Ecke, die ich nur vom Grüßen kannte. Jetzt kenne ich sie besser.

k Ich habe im Termin den Faden verloren. <Du hast|Ihr habt> eine Frage gestellt, deren Antwort ich wusste.

a Danke fürs Nachhaken, ob die Regel von damals noch gilt. Sie galt nie.
""",
    "any>any": """
k Rollstuhl gefunden, Patient gefunden, Patient hineingesetzt, alles während ich noch telefoniert habe. Merci!

t Danke fürs Türaufhalten mit Bett, Perfusor und Kaffee in der Hand. Klingt klein, war es nicht.

k <Du hast|Ihr habt> für eine Familie auf {tongue} gedolmetscht, die seit zwei Stunden herumirrte. Der Großvater hat sich dreimal
  verbeugt.

r <Du hast|Ihr habt> gesagt „ich kümmere mich", und {lately} war es gekümmert.

t Aufzug {#1-4} stand, also <hast du|habt ihr> mit uns die Kisten die Treppe hochgetragen. Dritter Stock, {11-16} Kisten.

k Mir war in der Kantine nicht gut. <Du hast|Ihr habt> mich kurzerhand auf einen Stuhl gesetzt, Wasser geholt und bei uns angerufen. Alles wieder
  in Ordnung.

c <Du hast|Ihr habt> meinen Dienstausweis auf dem Parkplatz gefunden und vorbeigebracht, bevor ich gemerkt habe, dass er fehlt.

r Kurzfristig getauscht am {day}, damit ich zur Einschulung konnte. Sie hat die Schultüte nicht mehr losgelassen.

a Danke für die ehrliche Rückmeldung zu unserem Aushang. Er war wirklich nicht zu verstehen. Der neue hängt.

t Beim Probealarm <hast du|habt ihr> {5-8} Besucher eingesammelt und auf die Wiese gebracht, obwohl es regnete und nur eine Probe war.

k Die Frau vor dem Haupteingang war völlig durcheinander. <Du bist|Ihr seid> mit ihr in die Notaufnahme gegangen und <hast|habt> gewartet, bis
  jemand da war.

t Kuchen für die Nachtschicht, einfach so, mit Zettel. Es war der mit den Kirschen. 🍒

c Jemand hatte den Kittel mit Schlüsselbund in die Wäsche gegeben. Also ich. <Du hast|Ihr habt> ihn aus Sack {#14-39} gefischt.

a <Du hast|Ihr habt> beim Betriebsversammlungs-Punkt „Sonstiges" nach dem Fahrradkeller gefragt. {#20-40} Leute haben genickt. Jetzt gibt es
  Ständer.

k Kondolenzkarte mit {#22-38} Unterschriften, aus fünf Abteilungen. Ich weiß, wer damit herumgegangen ist.

k <Du hast|Ihr habt> gemerkt, dass es mir {lately} nicht gut ging, und nichts gesagt, nur Tee hingestellt. Genau richtig.

c Der Brandmelder im Treppenhaus hat gepiept, leise, alle paar Minuten. Alle sind vorbeigegangen, außer <dir|euch>.

r Danke fürs Rollstuhlfinden.

t Danke für die Mitfahrgelegenheit bei Glatteis um {5:05-5:40}. Der Dienst hat pünktlich angefangen, und ich mit trockenen Füßen.

a Danke, dass <du|ihr> mir gesagt <hast|habt>, dass meine Mails immer wie ein Befehl klingen. Ich übe.

k Der Hund der Patientin durfte {10-20} Minuten in den Innenhof. Ich weiß, wer dafür Aufsicht gespielt hat. 🐕

t Danke für die {#40-60} Brötchen zum Ehrenamtstag. Und dafür, dass die vegetarischen diesmal nicht zuerst weg waren.

k Zwischen Tür und Angel gefragt, wie es mir geht, und die Antwort abgewartet. Macht kaum jemand.

r Der Schlüssel lag da, wo <du|ihr> es gesagt <hast|habt>. Die Sache war nach {5-8} Minuten erledigt.

t Für das Kind eines Kollegen wurde ein Blutspender gesucht. <Du hast|Ihr habt> die Liste organisiert, {#24-37} Namen an einem Nachmittag.

c Auf der Einladung stand der falsche Raum. <Du hast|Ihr habt> vor der Tür gestanden und alle umgeleitet.

a <Du hast|Ihr habt> in der Fortbildung gefragt, was sich keiner zu fragen traute. Danach wurde es erst interessant.

t Betriebslauf: Ich kam ganz hinten ins Ziel, und da stand trotzdem noch jemand mit Banane. 🍌

r Mein Fahrrad hatte {lately} einen Platten. Abends nicht mehr. Ich weiß von der Kamera am Ständer Bescheid, also: danke!

t Danke fürs Suchen nach dem Ring meiner Großmutter, {40-60} Minuten auf Knien unter dem Automaten.

c <Du hast|Ihr habt> gesehen, dass vor dem Notausgang Kartons stehen, und sie nicht gemeldet, sondern weggeräumt. Und dann gemeldet.

a „Wofür steht die Abkürzung eigentlich?" Von zwölf Leuten im Raum wussten es zwei. Seitdem schreiben wir sie aus.

r Am Telefon gesagt: „Ich rufe in zehn Minuten zurück." Nach neun hat es geklingelt.

k Die Putzkolonne hatte Feierabend, der Kaffee lag auf dem Teppich, der Besuch kam um zwei. <Du warst|Ihr wart> schneller als ich mit dem Lappen.
""",
    "any>facilities": """
r Ersatzschlüssel um {21:30-23:50}, an einem {day}, ohne Diskussion. Ich wäre sonst im Archiv eingeschlafen.

r Für den Vortrag am {day} standen Beamer, Wasser und {#30-45} Stühle bereit. Ich musste nur noch reden.

t {12-18} Kisten, ein Hubwagen, kein Auftrag. <Du bist|Ihr seid> vorbeigekommen, <hast|habt> es gesehen und mit angepackt.

c Die Türschließe am Nebeneingang hat <dir|euch> nicht gefallen. Zwei Tage später war klar, warum. Nicht auszudenken, wenn sie bei einem Alarm
  geklemmt hätte.

k Bei {31-34} Grad stand plötzlich ein Ventilator in der Tür. Es gab dafür kein Ticket.
""",
    "any>registration": """
r Fundsachen: ein Gebiss, zwei Hörgeräte, ein Ehering. <Du hast|Ihr habt> zu allen die Besitzer gefunden. Respekt.

k Mein Vater kam als Patient und wusste nicht, dass ich hier arbeite. <Du hast|Ihr habt> ihn behandelt wie jeden anderen, nämlich sehr gut.

t Besuch vom Ministerium, {5-9} Leute, eine halbe Stunde zu früh. <Du hast|Ihr habt> sie mit Kaffee versorgt und uns heimlich angerufen.
""",
    "any>it": """
k Ich habe zum vierten Mal gefragt, wo das Laufwerk jetzt ist. <Du hast|Ihr habt> mir eine Verknüpfung auf den Schreibtisch gelegt, mit einem Herz als
  Symbol.

r Laptop um {16:10-17:30} abgestürzt, Vortrag am nächsten Morgen. Um {18:20-19:40} hatte ich die Folien wieder, auch die, die ich nie
  gespeichert hatte.

c „Haben Sie auf den Link geklickt?" Hatte ich. <Du hast|Ihr habt> mein Konto in {4-7} Minuten gesperrt und nichts dazu gesagt.
""",
    "any>hr": """
k Meine Mutter kam ins Krankenhaus, in ein anderes, {400-600} Kilometer weg. <Du hast|Ihr habt> mir in einer Stunde zwei freie Wochen möglich gemacht.

r Bescheinigung fürs Amt, gewünscht bis {workday}, bekommen nach {20-40} Minuten. Die Wohnung haben wir.

a Danke, dass <du|ihr> beim Austrittsgespräch auch die unbequemen Fragen gestellt <hast|habt>. Zwei Dinge sind seitdem anders.
""",
    "own": """
t Danke, dass <du|ihr> {lately} meinen Spätdienst <übernommen hast|übernommen habt>. Der Elternabend war wichtig, und ich saß tatsächlich drin.

k Mein erster Monat hier. <Du hast|Ihr habt> mir jede Frage beantwortet, auch die, die ich schon zweimal gestellt hatte.

r Schreibtisch leer, Übergabezettel voll: So möchte ich jede Vertretung hinterlassen bekommen.

c <Du hast|Ihr habt> meinen Zahlendreher gefunden, bevor er das Haus verlassen hat. Ich sage nicht, welchen. Danke fürs Nichtsagen.

t Zwei krank, einer im Urlaub, und trotzdem war {day} kein schlechter Tag. Das lag an der Laune hier im Raum.

k Als das Telefonat vorhin so unangenehm wurde, <hast du|habt ihr> mir einen Zettel zugeschoben: „Du machst das gut." Hat gewirkt.

a <Du hast|Ihr habt> in der Teamrunde gesagt, dass wir uns mit der Liste selbst belügen. Unbequem, aber seitdem stimmt sie.

r Seit {4-6} Wochen ist der Dienstplan am Zwanzigsten da. Am Zwanzigsten! Ich konnte Konzertkarten kaufen.

t Danke fürs Aufräumen im Lager. Man kann jetzt [hineingehen|das Licht sehen].

k <Du hast|Ihr habt> mich nach Hause geschickt, als ich selbst noch behauptet habe, es geht. 38,9, um genau zu sein.

c „Bist du sicher?" Drei Wörter, und nein, ich war es nicht. Danke.

t Der Geburtstagstisch war schöner als jeder zu Hause. Und wer hat bitte den Schal gestrickt?

a Danke, dass wir über den Fehler vom {day} reden konnten, ohne dass jemand einen Schuldigen gesucht hat. Angefangen <hast du|habt ihr>.

r {6-9} Jahre im selben Raum, und ich kann mich an keinen Tag erinnern, an dem die Kaffeemaschine morgens nicht schon lief.

t <Du hast|Ihr habt> für mich die Stellung gehalten, als die Kita angerufen hat. Es waren Windpocken.

k Abschied von unserer Ältesten, und <du hast|ihr habt> an alles gedacht: Fotos, Lied, Taschentücher. Vor allem an die Taschentücher.

a Danke für den Widerspruch {lately}. Ich habe eine Nacht darüber geschlafen, und <du hattest|ihr hattet> recht.

r Auf der Tafel steht seit {3-5} Wochen jeden Morgen, wer da ist und wer nicht. Ich weiß, wer dafür eine Viertelstunde früher kommt.

c Das Verfallsdatum auf dem Feuerlöscher! Darauf schaut sonst wirklich kein Mensch.
""",
    "own:night": """
t Nachtdienst zu zweit, {3-5} Aufnahmen, ein Sturz. <Du hast|Ihr habt> um {4:10-5:20} Rührei gemacht. Bestes Rührei meines Lebens.

r Die Übergabe um {5:50-6:25} war so klar, dass ich nach dem Lesen einfach anfangen konnte.

k <Du hast|Ihr habt> meine schwierige Patientin übernommen, ohne dass ich darum bitten musste. Manchmal passt es eben zwischen zweien
  nicht.

c Beim Richten <hast du|habt ihr> gesehen, dass ich zwei Namen verwechselt hatte. Kein Drama daraus gemacht, einfach getauscht und
  kontrolliert.

t Notfall in der Frühschicht, und hinterher war der Flur trotzdem aufgeräumt. Ich habe nicht einmal gesehen, wann.

k Die Angehörigen haben nach <dir|euch> gefragt, nicht nach dem Arzt. {lately} zum dritten Mal. Wollte ich nur weitersagen.

a Gut, dass <du|ihr> gesagt <hast|habt>, wir sollten vor dem Lagern kurz durchatmen und absprechen, wer zieht. Mein Kreuz ist derselben Meinung.

r Pause. Eine richtige, {25-30} Minuten, im Sitzen. Weil <du|ihr> beide Telefone genommen <hast|habt>.
""",
    "own:desk": """
c In Zeile {#31-188} stand noch der Testpatient „Max Muster". Danke, dass er nicht beim Vorstand angekommen ist.

t Ablage von {2-3} Monaten an einem Nachmittag, mit Musik. Nächstes Mal bringe ich die Kekse mit.

r Während meines Urlaubs sind {#90-140} Mails gekommen. Offen waren {3-5}. Ich habe mich kurz überflüssig gefühlt, dann sehr erholt.

k Der Anrufer war unmöglich, und <du hast|ihr habt> nach dem Auflegen nur gesagt: „Der hat heute auch keinen schönen Tag."

a <Du hast|Ihr habt> gefragt, ob wir die Excel-Liste von 2014 noch brauchen. Stille im Raum. Sie ist jetzt gelöscht.

t Danke fürs Einarbeiten der Neuen. Sie hat {lately} meinen Fehler gefunden, also war es gründlich.
""",
    "ward>laboratory+pharmacy": """
+t Spiegel um {6:10-7:20} gemessen, Dosis um {7:40-8:30} angepasst, beides ohne dass wir einmal zum Hörer greifen mussten. Ihr habt das
  unter euch ausgemacht, und der Patient in Zimmer {room} ist wieder klar im Kopf.

+c Ein Wert, der nicht passte, und eine Dosis, die nicht passte. Ihr habt beides nebeneinandergelegt. Jeder für sich hätte es
  nicht gesehen.
""",
    "ward>registration+radiology": """
+t Aufnahme, CT, Bett: {60-85} Minuten von der Drehtür bis zu uns. Früher saß so jemand den halben Tag im Flur. Was auch immer ihr
  umgestellt habt, lasst es so.

+k Die Patientin sprach kein Wort Deutsch und hatte große Angst. Ihr habt sie von Hand zu Hand weitergegeben, keine Minute allein. Bei uns kam
  sie ruhig an.
""",
    "icu>laboratory+pharmacy": """
+r Sepsis um {2:20-4:10}: Kulturen abgenommen, Antibiotikum gemischt, Laktat zurück, alles in unter {45-55} Minuten, mitten in der Nacht.
  Das wart ihr. ⏱️

+t Seit ihr euch morgens um {7:30-8:20} zu unseren Patienten kurzschließt, bekommen wir eine Empfehlung statt zwei.
""",
    "icu>theatres+radiology": """
+t Polytrauma, {day} um {17:20-23:40}. CT und Saal haben miteinander geredet, bevor wir überhaupt wussten, wer kommt. Bett {#1-14} hat heute
  nach seinem Fahrrad gefragt.
""",
    "billing>registration+coding": """
+t Drei Abteilungen, ein Tisch, {#17-26} Fälle. Nach anderthalb Stunden war klar, an welcher Stelle die Angaben verloren gehen. Es ist ein einziges
  Feld! Danke, dass ihr euch die Zeit genommen habt.

+r Der älteste offene Fall ist weg, {#190-310} Tage alt. Ihr habt Karte, Akte und Brief zusammengesucht, und die Kasse hat bezahlt. 🎉
""",
    "theatres>sterile+facilities": """
+r Sterilisator {#1-4} fiel um {13:20-15:10} aus, und Saal {#1-6} lief bis zum Abend weiter. Die einen haben geschraubt, die anderen
  umgepackt, und wir haben einfach operiert.
""",
    "it>registration+radiology": """
+t Danke, dass ihr beim Umstellungswochenende zu {4-6}t am Samstag getestet habt, obwohl keiner von euch Dienst hatte. {#11-19} Fehler, alle vor
  Montag behoben.
""",
    "any>any+any": """
+t Ihr kanntet euch vorher nicht, habt euch am {day} im Flur getroffen und die Sache zusammen gelöst. Ich musste nur danebenstehen.

+k Beim Sturz vor der Kantine wart ihr zur Stelle, aus drei Richtungen. Der Besucher sitzt inzwischen wieder zu Hause und hat Blumen geschickt.

+r Sommerfest-Aufbau: {#24-36} Bierbänke, ein Zelt, kein Streit. Das muss man aus zwei Abteilungen erst mal hinkriegen.

+a Aus zwei Abteilungen kam dieselbe Frage, am selben Tag, ohne dass ihr voneinander wusstet. Da war uns klar, dass unser Formular schuld ist. Es ist
  jetzt eine Seite kürzer.

+t Umzug der Ambulanz in {2-3} Tagen statt in fünf. Ich habe gesehen, wer nach Dienst noch Kisten geschoben hat, und zwar auf beiden Seiten des
  Flurs.

+c Zwei Leute aus zwei Abteilungen haben dieselbe lockere Fußleiste gemeldet. Beim ersten Mal hätten wir es vielleicht verschoben. Beim zweiten Mal
  haben wir nachgesehen: Dahinter lag ein blankes Kabel.
""",
}

OPENINGS = """
* {name}, #

* {dear}, #

* Hallo {name}, #

* Moin {name}, #

* {dear}, ganz kurz: #

k Kurz, aber von Herzen: #

* Das wollte ich schon seit Tagen loswerden: #

* Muss mal gesagt werden: #

* Damit es nicht untergeht: #

rc Für die Akten: #

* Noch ein Nachtrag: #

tk Weil im Trubel keiner dazu kam: #

r Aus der Rubrik „hat geklappt": #

* Ich schulde <dir|euch> noch einen Satz: #

* Bevor ich in den Urlaub gehe: #

a Kein großer Roman: #

* Servus {name}, #

* Guten Morgen {name}, #

c Wollte ich am Telefon nicht zwischen Tür und Angel sagen: #

a Zum Weitersagen: #

r So geht Mittwoch: #

t Kleine Geschichte {from_ours}: #
"""

CLOSINGS = """
* Danke <dir|euch>!

* Danke.

* Danke <dir|euch> dafür.

* Danke, auch im Namen {of_ours}.

tr Der Kaffee geht auf mich.

tr Kuchen steht bei uns in der Küche, <komm|kommt> vorbei.

ca Das merken wir uns.

tr <Du hast|Ihr habt> etwas gut bei uns.

k Mehr wollte ich gar nicht sagen.

* Herzliche Grüße {from_ours}!

* Gruß {from_ours}

tr Und Grüße an {@them}!

t Grüße auch von {@us}.

t Bis bald auf dem Flur.

rc Ich habe es auch unserer Leitung erzählt.

tk Wir reden hier immer noch davon.

t Wenn <du|ihr> mal etwas <brauchst|braucht>: {phone}.

rc Danke, danke, danke.

r Hat mir den Tag gerettet.

tr Hat uns den Nachmittag gerettet.

k So, jetzt ist es raus.

t Gern wieder. 🙂

* Ein dickes Danke {from_ours}.

ra Bitte genau so weitermachen.

c Das war stark.

ca Danke fürs Mitdenken.

kc Das vergisst man nicht so schnell.

a Fand ich gut.

tr Schönen Feierabend <dir|euch>!

* 🙏

c Gut, dass <du da warst|ihr da wart>.

a Fragt ruhig weiter.
"""
