"""The newest letters, placed by hand so that the demo opens on people one meets again, and what HR looked at.

Each scene says how many minutes before "now" it was sent, who thanks whom, the value, the words, and who
answered how many minutes later. `HANDLED` are the letters that somebody reported.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scene:
    """A letter placed by hand: who (full names of `people.KNOWN`), when, what, and the answers to it."""

    minutes: int
    giver: str
    recipients: tuple[str, ...]
    value: str
    language: str
    message: str
    answers: tuple[tuple[int, str, str], ...] = ()
    warmth: float = 1.0
    private: bool = False


@dataclass(frozen=True, slots=True)
class Handled:
    """A letter that was reported: sent `days` before now, with the report and HR's reason if it was hidden."""

    days: int
    giver: str
    recipient: str
    value: str
    message: str
    reporter: str
    report: str
    hidden_reason: str


SCENES = (
    Scene(
        9, "Miriam Okafor", ("Jonas Weber", "Priya Raman"), "together", "de",
        "Am Montag stand unser Kartenleser, und bei elf Notaufnahmen fehlte der Kostenträger. Ihr habt die Fälle"
        " nicht zurückgeschickt, sondern **angerufen und mit uns nachgetragen**. Alle elf waren vor der Frist bei"
        " der Kasse, und wir wissen jetzt, welche zwei Felder ihr wirklich braucht.",
        (
            (4, "Priya Raman", "Die Feldliste hängt jetzt bei uns am Monitor. Danke fürs Durchhalten am Telefon!"),
            (6, "Jonas Weber", "Gern. Die elf habe ich gestern Abend noch rausgeschickt."),
        ),
        1.6,
    ),
    Scene(
        34, "Aylin Demir", ("Tomasz Nowak",), "reliable", "de",
        "Die Schnittstelle zur Krankenkasse hing, und du hast sie am Freitagabend noch geprüft, statt ein Ticket zu"
        " schreiben. 212 Rechnungen gingen pünktlich raus.",
        ((11, "Tomasz Nowak", "Das Ticket habe ich Samstag nachgereicht. Ordnung muss sein. 🙂"),),
    ),
    Scene(
        151, "Hanna Lindqvist", ("Samuel Mbeki",), "reliable", "de",
        "Um 5:40 fehlte das zweite Hüft-Sieb, um 6:55 lag es steril vor Saal 2. Der Patient hat von alldem nichts"
        " gemerkt, und der Plan hielt bis zum Abend.",
        (),
        2.2,
    ),
    Scene(
        287, "Yusuf Kaya", ("Aylin Demir",), "asked", "de",
        "Du hast dich zwei Stunden neben mich an den Tresen gesetzt und bei jedem Feld gefragt, wozu ihr es braucht. Bei"
        " dreien wusste es keiner. Die fragen wir jetzt nicht mehr ab.",
        ((52, "Aylin Demir", "Und ich weiß jetzt, wie laut es bei euch um zehn ist. Bis zum nächsten Mal!"),),
        1.3,
    ),
    Scene(
        1_010, "Farid Haddad", ("Inês Cordeiro", "Luca Moretti"), "careful", "en",
        "You flagged the double anticoagulant before the evening round, not after it, and rang the other ward too. One"
        " patient is safer tonight, and we are changing the default in the order set because of your call.",
        (
            (75, "Greta Sommer", "Genau so. Wir schicken den Gerinnungswert ab jetzt mit an die Apotheke."),
            (190, "Inês Cordeiro", "It was Luca who noticed, I only had the louder phone."),
        ),
        2.6,
    ),
    Scene(
        1_480, "Luca Moretti", ("Samuel Mbeki",), "reliable", "en",
        "The tray for our first hip was one retractor short an hour before the first cut. You found a replacement, ran it through"
        " the steriliser and walked it over yourself, so she was not sent back to the ward.",
        ((33, "Samuel Mbeki", "The walk did me good. Is she up yet?"), (61, "Luca Moretti", "Three steps today!")),
        1.4,
    ),
    Scene(
        2_935, "Farid Haddad", ("Aylin Demir",), "careful", "en",
        "You showed me why the antibody infusions kept bouncing. One wrong cost centre, four years old. Fixed on the"
        " spot.",
        (),
    ),
    Scene(
        4_420, "Katharina Brandt", ("Yusuf Kaya", "Miriam Okafor"), "together", "de",
        "Sechs von unseren neun waren jetzt einen halben Tag bei euch am Tresen. Sie kommen alle mit derselben Liste"
        " zurück:\n\n- fragen, bevor wir zurückschicken\n- den Grund immer dazuschreiben\n- öfter mal Kuchen mitbringen\n\n"
        "Danke für eure Geduld mit uns Schreibtischleuten.",
        ((140, "Miriam Okafor", "Der Kuchen war ein Argument."),),
        1.5,
    ),
    Scene(
        5_810, "Aylin Demir", ("Priya Raman",), "asked", "de",
        "Du hast gefragt, warum wir die Privatfälle zweimal anfassen. Ich hatte keine Antwort, und seit gestern fassen wir"
        " sie nur noch einmal an.",
        (),
    ),
    Scene(
        7_300, "Jonas Weber", ("Aylin Demir",), "kind", "de",
        "Dass du am Mittwoch meine Anrufe übernommen hast, ohne zu fragen warum: Danke. Es geht meiner Mutter besser.",
        (),
        0.0,
        True,
    ),
)

HANDLED = (
    Handled(
        38, "Renate Oswald", "Grete Paulsen", "kind",
        "Danke, dass du Frau Hildegard Meisner aus Zimmer 312 so ruhig erklärt hast, was die Chemotherapie kostet und"
        " was die Kasse übernimmt.",
        "Meike Brüning", "Da steht eine Patientin mit vollem Namen und Diagnose.",
        "Der Text nennt eine Patientin mit Namen und Behandlung. Schreib es gern noch einmal ohne beides, der Dank ist"
        " ja verdient.",
    ),
    Handled(
        17, "Gregor Halas", "Tomasz Nowak", "reliable",
        "Danke, dass die IT ausnahmsweise mal ans Telefon gegangen ist. Wir hatten schon Wetten laufen.",
        "Hanna Lindqvist", "Das ist eher Spott als Dank, finde ich.",
        "Das liest sich spöttisch, und Tomasz kann sich hier schlecht wehren. Redet bitte kurz miteinander.",
    ),
    Handled(
        2, "Inês Cordeiro", "Greta Sommer", "kind",
        "Du bist nach deiner Bandscheiben-OP gerade erst zurück und hast trotzdem am Samstag für uns die Kreuzproben"
        " gemacht. Bitte schone dich jetzt!",
        "Grete Paulsen", "Hier steht etwas über Gretas Gesundheit. Ist das mit ihr abgesprochen?",
        "",
    ),
)
