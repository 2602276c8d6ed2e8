"""The people one meets again and again in the demo, and the five who can be signed in with one tap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

DOMAIN = "lindenhof.example"
PASSWORD = "lindenhof"  # noqa: S105  everyone's in the demo, and said on its sign-in page


@dataclass(frozen=True, slots=True)
class Known:
    """A person with a fixed name and job. `oversees` (directors): the departments whose heads report to them."""

    name: str
    woman: bool
    department: str
    job_de: str
    job_en: str
    language: Literal["de", "en"] = "de"
    roles: str = ""
    heads: bool = False
    oversees: frozenset[str] = field(default=frozenset())
    tongue: tuple[str, str] = ("Englisch", "English")


BOARD = (
    Known("Cornelia Althaus", True, "hr", "Geschäftsführerin", "Managing director"),
    Known(
        "Anke Thiele", True, "hr", "Verwaltungsdirektorin", "Director of administration",
        oversees=frozenset({"registration", "billing", "coding", "it", "facilities", "hr"}),
    ),
    Known(
        "Martin Aschoff", False, "theatres", "Ärztlicher Direktor", "Medical director",
        oversees=frozenset({"radiology", "laboratory", "pharmacy", "theatres", "icu"}),
    ),
    Known(
        "Danuta Wieczorek", True, "icu", "Pflegedirektorin", "Director of nursing",
        oversees=frozenset({"sterile", "ward_3a", "ward_5b"}), tongue=("Polnisch", "Polish"),
    ),
)

KNOWN = (
    Known(
        "Miriam Okafor", True, "registration", "Leiterin Patientenaufnahme", "Head of patient registration",
        heads=True,
    ),
    Known(
        "Yusuf Kaya", False, "registration", "Mitarbeiter Aufnahme", "Admissions clerk",
        tongue=("Türkisch", "Turkish"),
    ),
    Known("Katharina Brandt", True, "billing", "Leiterin Abrechnung", "Head of billing", heads=True),
    Known(
        "Aylin Demir", True, "billing", "Sachbearbeiterin Abrechnung", "Billing clerk",
        tongue=("Türkisch", "Turkish"),
    ),
    Known("Jonas Weber", False, "billing", "Sachbearbeiter Abrechnung", "Billing clerk"),
    Known(
        "Renate Oswald", True, "billing", "Stellvertretende Leiterin Abrechnung", "Deputy head of billing",
        tongue=("Französisch", "French"),
    ),
    Known("Meike Brüning", True, "billing", "Sachbearbeiterin Abrechnung", "Billing clerk"),
    Known(
        "Priya Raman", True, "coding", "Kodierfachkraft", "Medical coder", tongue=("Tamil", "Tamil"),
    ),
    Known(
        "Greta Sommer", True, "laboratory", "Medizinische Technologin", "Biomedical scientist",
        tongue=("Russisch", "Russian"),
    ),
    Known(
        "Farid Haddad", False, "pharmacy", "Apotheker", "Pharmacist", "en", tongue=("Arabisch", "Arabic"),
    ),
    Known(
        "Samuel Mbeki", False, "sterile", "Fachkraft Sterilgut", "Sterile services technician",
    ),
    Known(
        "Hanna Lindqvist", True, "theatres", "OP-Fachpflegerin", "Theatre nurse", tongue=("Schwedisch", "Swedish"),
    ),
    Known(
        "Inês Cordeiro", True, "ward_3a", "Pflegefachfrau", "Registered nurse", "en",
        tongue=("Portugiesisch", "Portuguese"),
    ),
    Known("Grete Paulsen", True, "ward_3a", "Pflegefachfrau", "Registered nurse", tongue=("Dänisch", "Danish")),
    Known(
        "Luca Moretti", False, "ward_5b", "Pflegefachmann", "Registered nurse", "en",
        tongue=("Italienisch", "Italian"),
    ),
    Known("Tomasz Nowak", False, "it", "Schnittstellenentwickler", "Integration engineer",
          tongue=("Polnisch", "Polish")),
    Known(
        "Serkan Yıldız", False, "it", "Systemadministrator", "Systems administrator", roles="admin",
        tongue=("Türkisch", "Turkish"),
    ),
    Known("Gregor Halas", False, "facilities", "Medizintechniker", "Medical device technician"),
    Known(
        "Birgit Petersen", True, "facilities", "Elektronikerin, Betriebsrätin", "Electrician, works councillor",
        roles="works_council",
    ),
    Known("Nadine Vogt", True, "hr", "Personalreferentin", "HR officer", roles="hr"),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """A person that the demo's sign-in page offers, and what one can do as them."""

    email: str
    name: str
    role_de: str
    role_en: str
    about_de: str
    about_en: str


DEMO_PEOPLE = {
    "colleague": SignIn(
        f"aylin.demir@{DOMAIN}", "Aylin Demir", "Kollegin, Abrechnung", "Colleague, billing",
        "Danke sagen, lesen, antworten. So sehen es die meisten.",
        "Say thank you, read, answer. What most people see.",
    ),
    "manager": SignIn(
        f"katharina.brandt@{DOMAIN}", "Katharina Brandt", "Führungskraft, leitet die Abrechnung",
        "Manager, leads billing",
        "Leitet eine Abteilung und sieht, was alle sehen.",
        "Leads a department and sees what everyone sees.",
    ),
    "hr": SignIn(
        f"nadine.vogt@{DOMAIN}", "Nadine Vogt", "Personalabteilung", "Human resources",
        "Entscheidet über Meldungen. Eine ist offen.",
        "Decides about reports. One is open.",
    ),
    "works_council": SignIn(
        f"birgit.petersen@{DOMAIN}", "Birgit Petersen", "Betriebsrat", "Works council",
        "Sieht, was alle sehen, und dass niemand bewertet wird.",
        "Sees what everyone sees, and that nobody is rated.",
    ),
    "admin": SignIn(
        f"serkan.yildiz@{DOMAIN}", "Serkan Yıldız", "Administration", "Administration",
        "Betreibt den Server; im Haus ein Kollege wie alle.",
        "Runs the server; in the house a colleague like everyone.",
    ),
}

ONE_TAP = frozenset(person.email for person in DEMO_PEOPLE.values())
"""Whom one looks around as, by their addresses."""
