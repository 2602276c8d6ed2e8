"""Job titles by department, for women and men in German, and how common each is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """A job: its title for a woman and for a man in German, in English, and its relative share."""

    woman_de: str
    man_de: str
    en: str
    share: int = 1


def _pair(stem: str, en: str, share: int = 1) -> Job:
    return Job(stem + "in", stem, en, share)


HEADS = {
    "coding": Job("Leiterin Kodierung", "Leiter Kodierung", "Head of coding"),
    "radiology": Job("Chefärztin Radiologie", "Chefarzt Radiologie", "Chief radiologist"),
    "laboratory": Job("Laborleiterin", "Laborleiter", "Head of laboratory"),
    "pharmacy": Job("Chefapothekerin", "Chefapotheker", "Chief pharmacist"),
    "sterile": Job("Leiterin Sterilgutversorgung", "Leiter Sterilgutversorgung", "Head of sterile supply"),
    "theatres": Job("OP-Managerin", "OP-Manager", "Theatre manager"),
    "icu": Job("Stationsleiterin Intensiv", "Stationsleiter Intensiv", "Charge nurse, intensive care"),
    "ward_3a": Job("Stationsleiterin 3A", "Stationsleiter 3A", "Charge nurse, ward 3A"),
    "ward_5b": Job("Stationsleiterin 5B", "Stationsleiter 5B", "Charge nurse, ward 5B"),
    "it": Job("Leiterin IT", "Leiter IT", "Head of IT"),
    "facilities": Job("Technische Leiterin", "Technischer Leiter", "Head of facilities"),
    "hr": Job("Personalleiterin", "Personalleiter", "Head of human resources"),
}

_NURSE = Job("Pflegefachfrau", "Pflegefachmann", "Registered nurse", 14)
_ASSISTANT = _pair("Pflegeassistent", "Nursing assistant", 4)
_TRAINEE = Job("Auszubildende Pflege", "Auszubildender Pflege", "Nursing trainee", 3)
_DOCTOR = Job("Assistenzärztin", "Assistenzarzt", "Resident physician", 4)
_WARD = (
    _NURSE,
    _ASSISTANT,
    _TRAINEE,
    _DOCTOR,
    Job("Oberärztin", "Oberarzt", "Senior physician", 2),
    Job("Stationssekretärin", "Stationssekretär", "Ward clerk", 1),
    Job("Servicekraft", "Servicekraft", "Ward host", 1),
    Job("Physiotherapeutin", "Physiotherapeut", "Physiotherapist", 1),
)

JOBS: dict[str, tuple[Job, ...]] = {
    "registration": (
        Job("Mitarbeiterin Aufnahme", "Mitarbeiter Aufnahme", "Admissions clerk", 9),
        Job("Mitarbeiterin Notaufnahme", "Mitarbeiter Notaufnahme", "Emergency admissions clerk", 5),
        Job("Bettenkoordinatorin", "Bettenkoordinator", "Bed coordinator", 2),
        Job("Mitarbeiterin Information", "Mitarbeiter Information", "Information desk", 2),
    ),
    "billing": (
        Job("Sachbearbeiterin Abrechnung", "Sachbearbeiter Abrechnung", "Billing clerk", 6),
        Job("Fachkraft Privatliquidation", "Fachkraft Privatliquidation", "Private billing specialist", 2),
        Job("Sachbearbeiterin Mahnwesen", "Sachbearbeiter Mahnwesen", "Receivables clerk", 1),
    ),
    "coding": (
        Job("Kodierfachkraft", "Kodierfachkraft", "Medical coder", 6),
        _pair("Medizincontroller", "Clinical controller", 2),
    ),
    "radiology": (
        Job("Medizinische Technologin Radiologie", "Medizinischer Technologe Radiologie", "Radiographer", 10),
        Job("Fachärztin Radiologie", "Facharzt Radiologie", "Radiologist", 4),
        _DOCTOR,
        Job("Medizinische Fachangestellte", "Medizinischer Fachangestellter", "Medical assistant", 4),
    ),
    "laboratory": (
        Job("Medizinische Technologin Labor", "Medizinischer Technologe Labor", "Biomedical scientist", 12),
        _pair("Laborassistent", "Laboratory assistant", 4),
        Job("Mikrobiologin", "Mikrobiologe", "Microbiologist", 1),
        Job("Laborärztin", "Laborarzt", "Clinical pathologist", 1),
    ),
    "pharmacy": (
        _pair("Apotheker", "Pharmacist", 4),
        Job("PTA", "PTA", "Pharmacy technician", 6),
        Job("Mitarbeiterin Arzneimittellager", "Mitarbeiter Arzneimittellager", "Pharmacy storekeeper", 2),
    ),
    "sterile": (
        Job("Fachkraft Sterilgut", "Fachkraft Sterilgut", "Sterile services technician", 9),
        Job("Mitarbeiterin Sterilgut", "Mitarbeiter Sterilgut", "Sterile services assistant", 4),
    ),
    "theatres": (
        Job("OP-Fachpflegerin", "OP-Fachpfleger", "Theatre nurse", 10),
        Job("Operationstechnische Assistentin", "Operationstechnischer Assistent", "Operating department practitioner", 8),
        Job("Anästhesiepflegerin", "Anästhesiepfleger", "Anaesthetic nurse", 6),
        Job("Anästhesistin", "Anästhesist", "Anaesthetist", 5),
        Job("Chirurgin", "Chirurg", "Surgeon", 5),
        Job("Assistenzärztin", "Assistenzarzt", "Resident physician", 4),
        Job("OP-Helferin", "OP-Helfer", "Theatre support worker", 3),
    ),
    "icu": (
        Job("Fachpflegerin Intensiv", "Fachpfleger Intensiv", "Critical care nurse", 16),
        Job("Pflegefachfrau", "Pflegefachmann", "Registered nurse", 8),
        Job("Intensivmedizinerin", "Intensivmediziner", "Intensivist", 4),
        _DOCTOR,
        Job("Atmungstherapeutin", "Atmungstherapeut", "Respiratory therapist", 2),
        Job("Physiotherapeutin", "Physiotherapeut", "Physiotherapist", 2),
    ),
    "ward_3a": _WARD,
    "ward_5b": _WARD,
    "it": (
        _pair("Systemadministrator", "Systems administrator", 4),
        Job("Anwendungsbetreuerin Klinik", "Anwendungsbetreuer Klinik", "Clinical applications specialist", 4),
        Job("Mitarbeiterin Servicedesk", "Mitarbeiter Servicedesk", "Service desk analyst", 4),
        _pair("Netzwerktechniker", "Network technician", 1),
    ),
    "facilities": (
        _pair("Medizintechniker", "Medical device technician", 4),
        _pair("Haustechniker", "Building technician", 5),
        _pair("Elektroniker", "Electrician", 4),
        _pair("Anlagenmechaniker", "Plant fitter", 3),
        Job("Mitarbeiterin Bettenzentrale", "Mitarbeiter Bettenzentrale", "Bed centre assistant", 3),
        _pair("Gärtner", "Gardener", 1),
    ),
    "hr": (
        _pair("Personalreferent", "HR officer", 3),
        Job("Sachbearbeiterin Entgelt", "Sachbearbeiter Entgelt", "Payroll clerk", 3),
        _pair("Recruiter", "Recruiter", 2),
        Job("Referentin Fortbildung", "Referent Fortbildung", "Training officer", 1),
    ),
}
