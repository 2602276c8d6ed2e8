"""Klinikum Lindenhof: its departments, what they owe each other, and its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rhythm = Literal["office", "long", "round_the_clock"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A department. `size` is its head count in a house of 300; its place in `UNITS` gives hue and position.

    `rhythm`: office hours, early and late shifts, or nights too. The last five are how colleagues speak of
    it: "im Namen der Aufnahme", "Grüße vom Tresen", "all of us at the front desk", "die 3A", "on 3A".
    """

    key: str
    code_de: str
    code_en: str
    name_de: str
    name_en: str
    purpose_de: str
    purpose_en: str
    size: int
    rhythm: Rhythm
    cost_centre: str
    of_de: str
    from_de: str
    from_en: str
    short_de: str = ""
    short_en: str = ""


UNITS = (
    Unit(
        "registration", "PA", "PR", "Patientenaufnahme", "Patient registration",
        "Empfängt Patienten und hält fest, wer sie sind und wer bezahlt.",
        "Welcomes patients and records who they are and who pays.",
        20, "round_the_clock", "9110", "der Aufnahme", "vom Tresen", "at the front desk",
    ),
    Unit(
        "billing", "AB", "BI", "Abrechnung", "Billing",
        "Macht aus Behandlung Rechnungen, die die Kassen anerkennen.",
        "Turns care into invoices that insurers accept.",
        9, "office", "9120", "der Abrechnung", "aus der Abrechnung", "in billing",
    ),
    Unit(
        "coding", "KO", "MC", "Medizinische Kodierung", "Medical coding",
        "Übersetzt Akten in Diagnosen, Prozeduren und Fallpauschalen.",
        "Translates charts into diagnoses, procedures and case groups.",
        9, "office", "9130", "der Kodierung", "aus der Kodierung", "in coding",
    ),
    Unit(
        "radiology", "RA", "RA", "Radiologie", "Radiology",
        "Macht Bilder und sagt, was sie bedeuten.",
        "Takes pictures and says what they mean.",
        24, "round_the_clock", "4210", "der Radiologie", "aus der Radiologie", "in radiology",
    ),
    Unit(
        "laboratory", "LA", "LA", "Labor", "Laboratory",
        "Misst, was man nicht sieht, auch um vier Uhr morgens.",
        "Measures what cannot be seen, at four in the morning too.",
        22, "round_the_clock", "4310", "des Labors", "aus dem Labor", "in the lab",
    ),
    Unit(
        "pharmacy", "AP", "PH", "Apotheke", "Pharmacy",
        "Sorgt dafür, dass das richtige Mittel in der richtigen Dosis ankommt.",
        "Sees that the right drug arrives in the right dose.",
        13, "long", "4410", "der Apotheke", "aus der Apotheke", "in the pharmacy",
    ),
    Unit(
        "sterile", "ST", "SS", "Sterilgutversorgung", "Sterile supply",
        "Reinigt, prüft, packt und sterilisiert alle Instrumente.",
        "Cleans, checks, packs and sterilises every instrument.",
        15, "round_the_clock", "4510", "der Sterilgutversorgung", "aus der Steri", "in sterile supply",
    ),
    Unit(
        "theatres", "OP", "TH", "Operationssäle", "Theatres",
        "Operiert in sechs Sälen, geplant und im Notfall.",
        "Operates in six theatres, planned and in emergencies.",
        41, "round_the_clock", "3110", "des OP", "aus dem OP", "in theatres",
    ),
    Unit(
        "icu", "IN", "IC", "Intensivstation", "Intensive care",
        "Wacht an vierzehn Betten über die, denen es am schlechtesten geht.",
        "Watches over the sickest, in fourteen beds.",
        43, "round_the_clock", "3210", "der Intensiv", "von der Intensiv", "in intensive care",
        "Intensiv", "intensive care",
    ),
    Unit(
        "ward_3a", "3A", "3A", "Station 3A", "Ward 3A",
        "Pflegt nach Operationen, Chirurgie und Orthopädie.",
        "Cares for people after operations, surgery and orthopaedics.",
        30, "round_the_clock", "3310", "der 3A", "von der 3A", "on 3A",
        "3A", "3A",
    ),
    Unit(
        "ward_5b", "5B", "5B", "Station 5B", "Ward 5B",
        "Pflegt in der Inneren Medizin, oft lange, oft die Ältesten.",
        "Cares for medical patients, often for long, often the oldest.",
        29, "round_the_clock", "3320", "der 5B", "von der 5B", "on 5B",
        "5B", "5B",
    ),
    Unit(
        "it", "IT", "IT", "IT", "IT",
        "Hält Rechner, Netze und Schnittstellen am Laufen.",
        "Keeps computers, networks and interfaces running.",
        13, "long", "9210", "der IT", "aus der IT", "in IT",
    ),
    Unit(
        "facilities", "TG", "FA", "Technik und Gebäude", "Facilities",
        "Hält Haus, Medizintechnik, Strom, Luft und Wasser in Ordnung.",
        "Looks after the house, medical devices, power, air and water.",
        21, "round_the_clock", "9310", "der Technik", "aus der Technik", "in facilities",
    ),
    Unit(
        "hr", "PE", "HR", "Personalabteilung", "Human resources",
        "Findet Kolleginnen und Kollegen und sorgt dafür, dass sie bleiben.",
        "Finds colleagues and sees that they stay.",
        11, "office", "9410", "der Personalabteilung", "aus der Personalabteilung", "in HR",
    ),
)

WARDS = frozenset({"ward_3a", "ward_5b"})
OFFICE = frozenset({"registration", "billing", "coding", "it", "hr", "pharmacy"})


@dataclass(frozen=True, slots=True)
class Bond:
    """A dependency: `provider` delivers to `customer`. `silent_weeks` is how long nobody has said thank you."""

    provider: str
    customer: str
    weight: int
    handover_de: str
    handover_en: str
    error_cost_cents: int | None = None
    error_note_de: str = ""
    error_note_en: str = ""
    silent_weeks: int = 0


BONDS = (
    Bond(
        "registration", "billing", 5, "Stammdaten, Kostenträger", "Records and insurer data", 4_200,
        "Ein falscher Kostenträger: Rechnung zurück, 25 Minuten Nacharbeit, Geld sechs Wochen später.",
        "One wrong insurer: the invoice comes back, 25 minutes of rework, paid six weeks later.",
    ),
    Bond(
        "coding", "billing", 5, "Fallpauschalen", "Case groups", 78_000,
        "Eine übersehene Nebendiagnose kostet im Mittel 780 Euro Erlös.",
        "A missed second diagnosis costs 780 euros of revenue on average.",
    ),
    Bond(
        "it", "billing", 4, "Kassenschnittstelle", "Insurer interface", 310_000,
        "Ein Tag ohne Schnittstelle: rund 200 Rechnungen bleiben liegen, Zinsen und Überstunden.",
        "A day without the interface: about 200 invoices wait, interest and overtime.",
    ),
    Bond(
        "ward_5b", "billing", 4, "Entlassbriefe", "Discharge letters", 5_500,
        "Ohne Brief keine Rechnung, und die Kasse fragt nach.",
        "Without the letter no invoice, and the insurer asks.", 11,
    ),
    Bond(
        "ward_5b", "coding", 5, "Diagnosen, Verläufe", "Diagnoses and progress notes", 64_000,
        "Was nicht in der Akte steht, darf nicht kodiert werden.",
        "What is not in the chart must not be coded.", 26,
    ),
    Bond(
        "ward_3a", "coding", 4, "Wunden, Diagnosen, Verläufe", "Wounds, diagnoses, progress notes", 52_000,
        "Eine Wunde ohne Maß fällt bei der Prüfung durch.",
        "A wound without measurements fails the audit.",
    ),
    Bond(
        "theatres", "coding", 4, "OP-Berichte, Implantate", "Operation notes, implants", 96_000,
        "Ein fehlender Zugang im Bericht ändert die Fallgruppe.",
        "An approach missing from the note changes the case group.",
    ),
    Bond(
        "icu", "coding", 4, "Beatmungsstunden, Scores", "Ventilation hours, scores", 410_000,
        "Eine Lücke in den Beatmungsstunden kann einen ganzen Fall um 4.100 Euro kürzen.",
        "A gap in the ventilation hours can cut a case by 4,100 euros.",
    ),
    Bond(
        "registration", "ward_3a", 4, "Aufnahmen, Etiketten", "Admissions, labels", 9_000,
        "Ein Patient ohne angekündigtes Bett wartet auf dem Flur.",
        "A patient without an announced bed waits in the corridor.",
    ),
    Bond(
        "registration", "ward_5b", 4, "Aufnahmen, Angehörige", "Admissions, next of kin", 9_000,
        "Ein Isolierfall im Mehrbettzimmer: drei weitere Zimmer gesperrt.",
        "An isolation case in a shared room: three more rooms closed.",
    ),
    Bond(
        "registration", "radiology", 3, "Fallnummern, Termine", "Case numbers, appointments", 6_500,
        "Bilder ohne Fall müssen von Hand zugeordnet werden.",
        "Pictures without a case are sorted by hand.",
    ),
    Bond(
        "laboratory", "icu", 5, "Eilbefunde, Konserven", "Urgent results, blood products", 180_000,
        "Ein Eilbefund, der eine Stunde später kommt, verlängert im Mittel den Aufenthalt um einen Tag.",
        "An urgent result an hour late adds a day of stay on average.",
    ),
    Bond(
        "laboratory", "ward_3a", 4, "Befunde vor der Visite", "Results before the round", 3_800,
        "Fehlt ein Wert zur Visite, verschiebt sich die Entlassung.",
        "A value missing at the round delays the discharge.",
    ),
    Bond(
        "laboratory", "ward_5b", 4, "Befunde, Blutkulturen", "Results, blood cultures", 3_800,
        "Eine verlorene Probe: ein Mensch wird noch einmal gestochen.",
        "A lost sample: somebody is pricked again.",
    ),
    Bond(
        "laboratory", "theatres", 4, "Gerinnung, Kreuzproben", "Clotting, crossmatches", 140_000,
        "Ein Saal, der auf Konserven wartet, kostet 35 Euro je Minute.",
        "A theatre waiting for blood costs 35 euros a minute.",
    ),
    Bond(
        "radiology", "icu", 4, "Röntgen am Bett, CT", "Bedside films, CT", 45_000,
        "Ein zu tiefer Tubus, der nicht gesehen wird, kostet eine Lunge.",
        "A tube too deep and unseen costs a lung.",
    ),
    Bond(
        "radiology", "ward_3a", 3, "Bilder, Befunde", "Pictures, reports", 12_000,
        "Ein doppelter Transport bindet zwei Leute für eine halbe Stunde.",
        "A trip made twice takes two people for half an hour.",
    ),
    Bond(
        "radiology", "ward_5b", 3, "CT, Ultraschall, Befunde", "CT, ultrasound, reports", 12_000,
        "Ein Befund nach der Visite ist ein Befund für morgen.",
        "A report after the round is a report for tomorrow.",
    ),
    Bond(
        "radiology", "theatres", 3, "Bildwandler, Planungsbilder", "Image intensifier, planning films", 105_000,
        "Die falsche Seite im Bild ist der teuerste Fehler des Hauses.",
        "The wrong side on the screen is the dearest mistake in the house.",
    ),
    Bond(
        "pharmacy", "ward_3a", 4, "Stellpläne, Entlassmedikation", "Drug charts, discharge packs", 26_000,
        "Eine Wechselwirkung, die niemand sieht, wird eine Verlegung.",
        "An interaction that nobody sees becomes a transfer.",
    ),
    Bond(
        "pharmacy", "ward_5b", 4, "Medikationsprüfung, Zytostatika", "Medication review, chemotherapy", 48_000,
        "Eine verworfene Chemo kostet im Mittel 480 Euro und einen Tag Warten.",
        "A discarded chemotherapy costs 480 euros and a day of waiting.",
    ),
    Bond(
        "pharmacy", "icu", 4, "Fertigspritzen, Notfallmittel", "Ready syringes, antidotes", 90_000,
        "Mikrogramm statt Milligramm: ein Komma entscheidet.",
        "Micrograms for milligrams: one decimal point decides.",
    ),
    Bond(
        "pharmacy", "theatres", 3, "Narkosemittel", "Anaesthetics", 38_000,
        "Eine verwechselte Ampulle ist nicht in Euro zu zählen.",
        "A mixed-up ampoule cannot be counted in euros.",
    ),
    Bond(
        "sterile", "theatres", 5, "Siebe, Implantate", "Trays, implants", 126_000,
        "Ein fehlendes Sieb: 36 Minuten Stillstand in einem Saal.",
        "One missing tray: a theatre stands still for 36 minutes.",
    ),
    Bond(
        "sterile", "icu", 3, "Beatmungszubehör, Endoskope", "Breathing circuits, endoscopes", 32_000,
        "Ein feuchtes Endoskop trägt Keime von Bett zu Bett.",
        "A damp endoscope carries germs from bed to bed.",
    ),
    Bond(
        "facilities", "theatres", 4, "Lüftung, Medizintechnik", "Ventilation, medical devices", 240_000,
        "Ein gesperrter Saal verschiebt im Mittel drei Operationen.",
        "A closed theatre postpones three operations on average.", 19,
    ),
    Bond(
        "facilities", "sterile", 3, "Dampf, Wasser, Wartung", "Steam, water, maintenance", 84_000,
        "Eine Schicht ohne Dampf fehlt am nächsten Tag in allen Sälen.",
        "A shift without steam is missed in every theatre the next day.",
    ),
    Bond(
        "facilities", "ward_3a", 2, "Betten, Reparaturen", "Beds, repairs", 4_000,
        "Ein defektes Bett ist ein Patient weniger.",
        "A broken bed is one patient fewer.",
    ),
    Bond(
        "facilities", "icu", 4, "Gase, Notstrom, Geräte", "Gases, emergency power, devices", 220_000,
        "Fällt der Sauerstoffdruck, zählt jede Minute an vierzehn Betten.",
        "When the oxygen pressure falls, every minute counts at fourteen beds.",
    ),
    Bond(
        "it", "laboratory", 3, "Befundschnittstelle", "Results interface", 68_000,
        "Ohne Schnittstelle werden Befunde gefaxt und abgetippt.",
        "Without the interface, results are faxed and typed again.", 14,
    ),
    Bond(
        "it", "registration", 4, "Kartenleser, Aufnahmemaske", "Card readers, admission form", 15_000,
        "Ein toter Kartenleser: elf Fälle ohne Kostenträger an einem Vormittag.",
        "A dead card reader: eleven cases without an insurer in a morning.",
    ),
    Bond(
        "it", "radiology", 4, "Bildarchiv", "Picture archive", 72_000,
        "Steht das Archiv, steht nach zwanzig Minuten auch der Saal.",
        "When the archive stands still, so do the theatres after twenty minutes.",
    ),
    Bond(
        "it", "ward_5b", 3, "Digitale Kurve, Visitenwagen", "Digital charts, round trolleys", 18_000,
        "Eine Stunde Papierkurve braucht zwei Stunden Nachtragen.",
        "One hour on paper takes two hours of typing.",
    ),
    Bond(
        "theatres", "icu", 4, "Übergaben nach der OP", "Handovers after surgery", 110_000,
        "Was bei der Übergabe nicht gesagt wird, zeigt sich nachts.",
        "What is not said at handover shows at night.",
    ),
    Bond(
        "icu", "ward_3a", 3, "Verlegungen", "Transfers", 85_000,
        "Eine Rückverlegung binnen 48 Stunden bindet beide Stationen.",
        "A return within 48 hours ties up both wards.",
    ),
    Bond(
        "ward_3a", "theatres", 4, "Vorbereitete Patienten", "Prepared patients", 63_000,
        "Ein nicht nüchterner Patient: 18 Minuten leerer Saal und ein neuer Plan.",
        "A patient not fasted: 18 minutes of empty theatre and a new list.",
    ),
    Bond(
        "ward_5b", "theatres", 3, "Vorbereitete Patienten", "Prepared patients", 63_000,
        "Fehlt die Einwilligung, fällt der erste Schnitt aus.",
        "Without consent the first cut does not happen.",
    ),
    Bond(
        "ward_3a", "pharmacy", 3, "Medikationspläne", "Medication charts", 14_000,
        "Ein Plan ohne Gewicht und Nierenwert kann nicht geprüft werden.",
        "A chart without weight and kidney function cannot be checked.",
    ),
    Bond(
        "billing", "pharmacy", 2, "Kostenstellen teurer Mittel", "Cost centres of special drugs", 120_000,
        "Ein nicht gemeldetes Zusatzentgelt verfällt.",
        "An extra fee that is not claimed is lost.",
    ),
    Bond(
        "billing", "hr", 2, "Reise- und Fortbildungskosten", "Travel and training costs", 2_500,
        "Wer auf sein Reisegeld wartet, meldet sich nicht noch einmal an.",
        "Those who wait for travel money do not sign up again.",
    ),
    Bond(
        "billing", "ward_3a", 2, "Auskünfte zu Privatpatienten", "Answers on private patients", None,
        "Eine falsche Auskunft am Bett kostet Vertrauen.",
        "A wrong answer at the bedside costs trust.",
    ),
    Bond(
        "hr", "icu", 3, "Personal, Zulagen, Anerkennungen", "Staff, allowances, licences", 95_000,
        "Ein leerer Dienst heißt ein gesperrtes Bett.",
        "An empty shift means a closed bed.",
    ),
    Bond(
        "hr", "ward_5b", 3, "Personal, Einarbeitung", "Staff, first days", 21_000,
        "Wer am ersten Tag ohne Schlüssel dasteht, erzählt es weiter.",
        "Those without keys on their first day tell others.",
    ),
    Bond(
        "hr", "it", 2, "Ein- und Austritte", "Joiners and leavers", 7_500,
        "Ein offenes Konto nach dem Austritt ist ein Sicherheitsvorfall.",
        "An account left open is a security incident.",
    ),
)


@dataclass(frozen=True, slots=True)
class Ideal:
    """One of the house's values."""

    key: str
    name_de: str
    name_en: str
    hint_de: str
    hint_en: str


IDEALS = (
    Ideal(
        "together", "Gemeinsam", "Together",
        "Die Aufgabe des anderen zur eigenen gemacht.", "Made somebody else's task their own.",
    ),
    Ideal(
        "reliable", "Verlässlich", "Reliable",
        "Getan, was zugesagt war, und rechtzeitig.", "Did what was promised, and in time.",
    ),
    Ideal(
        "careful", "Genau hinsehen", "A careful eye",
        "Gesehen, was andere übersehen hätten.", "Saw what others would have missed.",
    ),
    Ideal(
        "kind", "Zugewandt", "Kind under pressure",
        "Freundlich geblieben, als es schwer war.", "Stayed friendly when it was hard.",
    ),
    Ideal(
        "asked", "Nachgefragt", "Dared to ask",
        "Gefragt, statt anzunehmen.", "Asked instead of assuming.",
    ),
)
