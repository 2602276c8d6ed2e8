"""Comments under letters, by who writes: a recipient, someone beside the giver or the recipient, anyone, the giver.

The first word names the values of the letters that a comment suits, * all of them. `<one|several>` goes by the
number of recipients; {giver} and {name} are given names. Under private letters only a recipient writes.
"""

GERMAN = {
    "recipient": """
* Gern geschehen, {giver}.

* Oh. Damit hatte ich nicht gerechnet. Danke!

* Das lese ich heute Abend zu Hause vor.

* Hängt jetzt bei uns am Kühlschrank.

* Ach {giver}, jederzeit wieder.

r Danke für die Blumen! Beim nächsten Mal ruf gern früher an, dann wird es weniger knapp.

trc Ehrlich gesagt war das nicht allein mein Verdienst, {@them} hat mindestens die Hälfte gemacht.

* Jetzt bin ich ein bisschen rot geworden. 🙈

tr Kein Ding. Umgekehrt läuft es ja genauso.

* Schön, dass man erfährt, wie es bei euch weiterging. Das wissen wir sonst nie.

k Das war auch für mich ein guter Moment an dem Tag.

tr Ich habe nur gemacht, was auf dem Zettel stand. Na gut, fast.

a Danke! Wollen wir das nächste Woche mal zusammen aufschreiben?

a Dumme Fragen sind mein Spezialgebiet.

a Gefragt habe ich eigentlich nur, weil ich es wirklich nicht wusste.

* Gut zu wissen, dass das bei euch ankommt. Wir behalten es so bei.

* Ach was. Aber gefreut hat es mich trotzdem.

* Meine Schicht liest gerade mit und grinst.

* Danke dir. Komm vorbei, wir haben noch Streuselkuchen.

c Da war auch Glück dabei. Ich hatte nur gerade den Kopf frei.

c Seit mir das selbst einmal passiert ist, schaue ich da immer zweimal hin.

c Genau dafür sitze ich hier. Trotzdem schön, dass es jemand merkt.

r Jederzeit. Nur bitte nicht wieder um fünf vor halb drei. 😉

tr Das gebe ich an die Frühschicht weiter, die war auch dabei.

k Das hätte bei euch doch jeder genauso gemacht.

k Ich musste an meine Oma denken, da ging es von allein.

* Danke, das tut gut nach dieser Woche.

* Freut mich mehr, als ich hier schreiben kann.

* {giver}, du bist unmöglich. Danke!

tk War mir ein Vergnügen. Wirklich.

* Das rettet mir gerade den Dienst, also danke zurück.
""",
    "with_giver": """
tr Kann ich bestätigen, ich stand daneben.

tr Danke auch von mir, ich hätte sonst länger bleiben müssen.

trck Ich war an dem Tag da. Genau so war es.

* Dem ist nichts hinzuzufügen.

* Schließe mich an, {giver} untertreibt noch.

* Auch von mir ein Danke, ich hatte es nur noch nicht geschrieben.

r Und ich habe erst heute erfahren, warum es so glatt lief!

tr Das war der Tag, an dem ich pünktlich nach Hause kam. Jetzt weiß ich, warum.

* Gut, dass du das aufschreibst, {giver}. Ich wollte auch schon.

ck Wir haben das gleich am nächsten Morgen weitererzählt.

a Seitdem fragen wir uns das bei anderen Sachen auch.

a Die Antwort hat hier einige überrascht. Mich auch.

r Stimmt alles, bis auf die Uhrzeit. Es war noch später.

c Ich hatte es vorher selbst in der Hand und habe es nicht gesehen.

k Ich habe es von der Tür aus gesehen und wollte nicht stören.

* Gerade in der Frühbesprechung vorgelesen, alle haben genickt.

t Und wir sind jetzt per Du. Auch nicht schlecht.
""",
    "with_recipient": """
* So kennen wir <dich|euch>, {name}.

tr Wir haben uns schon gewundert, wo <du|ihr> so lange <warst|wart>.

* Hier hat natürlich niemand etwas davon erzählt. Typisch.

* Stolz, dass wir zusammenarbeiten.

* Wird in der Teamrunde vorgelesen, da hilft kein Sträuben.

* Verdient!

tr Und bei uns war an dem Tag auch noch die Hölle los. Umso schöner.

* {name}, das hängt ab morgen am schwarzen Brett.

rck Hut ab. Ich hätte die Nerven nicht gehabt.

c Das kommt davon, wenn man <dich|euch> mit einer Tasse Tee in Ruhe lässt.

a Ihr solltet mal hören, was hier den ganzen Tag gefragt wird. 😄

k Bei uns im Team ist das übrigens genauso.
""",
    "anyone": """
* Das nehmen wir uns als Beispiel.

a Können wir das bei uns auch so machen? Ich rufe mal an.

* Wusste gar nicht, dass das so läuft. Interessant.

a Das Problem haben wir auch! Wie habt ihr es gelöst?

a So einfach kann es gehen.

rc Stark.

ck Gänsehaut, ehrlich.

* Solche Geschichten bitte öfter.

ta Ich dachte immer, das sei unser Problem allein.

* 👏👏

k ❤️

ac Das sollten wir ins Einarbeitungsheft schreiben.

* Mal wieder gemerkt, wie viel man voneinander nicht mitbekommt.

c Danke, dass ihr das teilt. Bei uns steht es ab morgen auch auf der Checkliste.

tr Bei so etwas arbeite ich gern hier.

a Haben wir gleich nachgesehen: bei uns war es genauso. Behoben.

t Beim nächsten Mal sagt Bescheid, wir haben auch zwei Hände frei.

* Kenne ich. Bei uns hat damals {mate} genau so reagiert.

* Darf ich das in unserem Wochenbrief zitieren?

c Guter Hinweis, danke.

c Dafür gibt es keine Software.

k Schön zu lesen, an so einem Tag.

k Da kann man sich was abschauen.

* Habe ich gerade meinem Team weitergeleitet.

t Das wäre vor zwei Jahren noch anders gelaufen. Gut so.

r Auf die ist Verlass, das merken wir auch.
""",
    "giver": """
* Sehr gern. Und es war mir ernst.

* Kuchen steht übrigens noch da.

* Doch, doch, das war <dein|euer> Verdienst.

a Ich schicke dir die Datei gleich.

a Machen wir! Ich melde mich.

* Nur keine falsche Bescheidenheit.

tr Stimmt, {@them} hatte ich vergessen. Danke also auch dahin!

a Wir haben es inzwischen dreimal so gemacht. Läuft.

* Musste mal gesagt werden.

* Ich hätte es schon letzte Woche schreiben sollen.
""",
    "private": """
* Danke dir, {giver}. Das behalte ich für mich und freue mich.

* Das bedeutet mir viel.

* Danke. Ich wusste nicht, dass du das mitbekommen hast.

* Lieb von dir. Kaffee diese Woche?

* Danke, auch dafür, dass du es so geschrieben hast.

* Gern, {giver}. Wirklich.
""",
}

ENGLISH = {
    "recipient": """
* You are welcome, {giver}.

* Any time.

* I did not expect that. Thank you.

* This goes on our fridge.

trc To be fair, {@them} did at least half of it.

* Good to hear how it went on. We never find out otherwise.

* I am a bit red in the face now. 🙈

tr You do the same for us.

r Happy to. Ring a little earlier next time and we will both have lunch.

a Shall we write it down together next week?

a I only asked because I really did not know.

* That was a good day, and now it is a better one.

tr I only did what the form said. Well, nearly.

tr Passing this on to the early shift, they were in it too.

* Thank you. After this week I can use that.

tk No bother at all.

c It happened to me once, and I look twice since then.

c There was some luck in it. I happened to have a clear head.

k I thought of my gran, and then it was easy.

* You made my colleagues grin.
""",
    "with_giver": """
trck I was there. That is how it was.

tr From me too. I got home on time because of it.

* {giver} is understating it.

r I only learned today why that day went so smoothly.

* Glad you wrote it down, {giver}. I meant to.

* And a thank-you from me, overdue.

r All true except for the time. It was later.

c I had it in my own hands before that and saw nothing.

k I saw it from the door and did not want to disturb.

a We ask that about other things now, too.
""",
    "with_recipient": """
* That is {name} all over.

tr We were wondering where you had gone.

* Nobody told us a word of this. Typical.

* This will be read out on Monday, like it or not.

* Proud to work next to you.

tr And it was a mad day at our end as well.

* {name}, this goes on the board.

rc I would not have had the nerve.
""",
    "anyone": """
a Could we do the same? I will ring you.

a We have the same problem. How did you solve it?

ta I thought that was only us.

* More stories like this, please.

a It can be that simple.

a Checked ours: same thing. Fixed.

ca That belongs in the handbook for new people.

* I had no idea what happens at your end.

rc Strong.

* 👏

r They are always like that. We notice it, too.

t Next time give us a shout, we have hands to spare.

k Lovely.

k ❤️

c There is no software for that.

* Sent this to my team just now.

* May I quote this in our newsletter?
""",
    "giver": """
* I meant every word.

* There is still some cake.

a Sending you the file.

tr True, I forgot {@them}. Thank you as well!

* No false modesty, please.

* Should have written it last week.
""",
    "private": """
* Thank you, {giver}. I will keep it to myself and smile.

* That means a lot.

* I did not know you had noticed. Thank you.

* Kind of you. Coffee this week?
""",
}
