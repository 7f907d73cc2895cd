"""The headers that are known for each field, in plain words: see `plain_header`.

A header is known only as a whole. The headers that form services write by themselves, those of the
project's own records, and those in Spanish, German, French and Portuguese are among them.
"""

from collections.abc import Mapping

# The fields of a sheet, each with its wordings, the most telling first.
HeaderWordings = Mapping[str, tuple[str, ...]]

# What somebody agrees to with yes or no, by the key of their consent.
AGREEMENT_FIELDS = ("quote", "pictured", "counted")

PEOPLE_FIELDS: HeaderWordings = {
    "id": ("participant id", "person id", "member id", "id"),
    "name": (
        *("full name", "full name as you want it shown", "first and last name", "name and surname"),
        *("preferred name", "name you go by", "name", "participant name", "participant", "person"),
        *("teilnehmer", "teilnehmende", "teilnehmerin", "teilnehmer in", "participante"),
        *("nombre completo", "nombre y apellidos", "nombre y apellido"),
        *("vollstandiger name", "vor und nachname", "name vorname", "nom complet"),
        *("nom et prenom", "prenom et nom", "nome completo", "nome e apelido", "nome e sobrenome"),
        *("nome", "what should we call you", "what are you called", "how should we call you"),
    ),
    "first_name": (
        *("first name", "given name", "forename", "first names", "given names", "vorname"),
        *("prenom", "nombre", "nombres", "primeiro nome", "nome proprio"),
    ),
    "last_name": (
        *("last name", "family name", "surname", "nachname", "familienname", "nom de famille"),
        *("nom", "apellido", "apellidos", "sobrenome", "apelido", "ultimo nome"),
    ),
    "pronouns": ("pronouns", "preferred pronouns", "pronouns you use", "pronomen", "pronombres"),
    "github": (
        *("github username", "github user name", "github login", "github handle"),
        *("github account", "github id", "github name", "github profile", "github"),
        *("github profile link", "github profile url", "link to github profile", "github url"),
        *("github benutzername", "usuario de github", "usuario github", "utilisateur github"),
        *("nom d utilisateur github", "nome de usuario github", "usuario do github"),
    ),
    "mail": (
        *("email address", "e mail address", "email", "e mail", "mail", "mail address"),
        *("contact email", "contact email address", "emails", "username", "email id"),
        *("e mail adresse", "email adresse", "mailadresse", "correo electronico", "correo"),
        *("direccion de correo electronico", "direccion de correo", "adresse e mail"),
        *("adresse email", "adresse mail", "courriel", "adresse electronique", "nome de usuario"),
        *("endereco de e mail", "endereco de email", "endereco eletronico", "nombre de usuario"),
    ),
    "answered": (
        *("timestamp", "completion time", "date submitted", "submitted at", "submission date"),
        *(
            "submission time",
            "submitted on",
            "submitted",
            "submit date",
            "end date",
            "recorded date",
        ),
        *("answered", "answered on", "date answered", "response date", "date of response"),
        *("date of sign up", "sign up date", "signed up on", "created at", "entry date"),
        *("zeitstempel", "fertigstellungszeit", "datum der abgabe", "abgesendet am"),
        *("marca temporal", "hora de finalizacion", "fecha de envio", "horodateur"),
        *("heure de fin", "date de soumission", "carimbo de data hora", "hora da conclusao"),
        *("hora de conclusao", "data de envio"),
    ),
    "role": (
        *("role", "mentor or mentee", "mentee or mentor", "role type", "role in this program"),
        *("role in the program", "role in the programme", "i want to be", "i would like to be"),
        *(
            "i would like to",
            "i want to",
            "id like to be",
            "i wish to be",
            "i would like to join as",
        ),
        *("i want to be a", "i would like to be a", "i want to join as", "id like to join as"),
        *("sign up as", "signing up as", "join as", "i am signing up as", "im signing up as"),
        *("take part as", "i am applying as", "i am applying to be", "i am applying to be a"),
        *("applying as", "apply as", "i am a", "i am", "i want to take part as", "i am joining as"),
        *("i want to be a mentor or mentee", "do you want to be a mentor or a mentee"),
        *("do you want to be a mentor or mentee", "would you like to be a mentor or mentee"),
        *("would you like to be a mentor or a mentee", "are you a mentor or a mentee"),
        *("are you a mentor or mentee", "are you applying as a mentor or as a mentee"),
        *("are you applying as a mentor or mentee", "are you signing up as a mentor or mentee"),
        *("are you signing up as a mentor or a mentee", "how would you like to take part"),
        *("how do you want to take part", "how would you like to participate"),
        *("in which role", "which role would you like", "which role do you want", "mentor mentee"),
        *("what would you like to be", "what do you want to be", "what would you like to do"),
        *("rolle", "ich mochte teilnehmen als", "ich mochte sein", "teilnahme als", "rol"),
        *("quiero ser", "quiero participar como", "me gustaria ser", "je souhaite etre"),
        *("je veux etre", "je participe en tant que", "quero ser", "gostaria de ser", "papel"),
        *("quero participar como",),
    ),
    "booking_url": (
        *("booking link", "booking url", "link to book a meeting", "meeting link", "calendly"),
        *("calendly link", "scheduling link", "your booking link", "link to your booking page"),
    ),
    "region": (
        *("region", "country", "location", "city", "where are you based", "where do you live"),
        *("country of residence", "country or region", "country region", "city and country"),
        *("where are you located", "where are you", "based in", "place of residence"),
        *("country where you live", "current location", "in which country do you live"),
        *("which country do you live in", "which country are you based in", "land", "stadt"),
        *("wohnort", "pais", "pais de residencia", "ciudad", "donde vives", "pays", "ville"),
        *("pays de residence", "onde voce mora", "cidade", "in welchem land lebst du"),
    ),
    "time_zone": (
        *("time zone", "timezone", "tz", "time zone you are in", "what time zone are you in"),
        *("which time zone are you in", "what timezone are you in", "which timezone are you in"),
        *("time zone where you live", "zeitzone", "zona horaria", "huso horario", "fuseau horaire"),
        *("fuso horario", "in welcher zeitzone bist du"),
    ),
    "languages": (
        *("languages", "language", "languages you speak", "languages spoken", "spoken languages"),
        *("which languages do you speak", "what languages do you speak", "languages i speak"),
        *("what language do you speak", "which language do you speak", "spoken language"),
        *("languages you can mentor in", "languages you are comfortable in", "sprachen"),
        *("gesprochene sprachen", "welche sprachen sprichst du", "idiomas", "idiomas que hablas"),
        *("que idiomas hablas", "langues", "langues parlees", "quelles langues parlez vous"),
        *("idiomas que voce fala", "linguas"),
    ),
    "skills_offered": (
        *("skills offered", "skills you can offer", "skills you offer", "skills i can offer"),
        *("skills i offer", "what can you offer", "what can you teach", "skills you can teach"),
        *("skills you can share", "skills to offer", "skills to share", "skills you bring"),
        *("topics you can mentor on", "topics you can mentor in", "topics you can help with"),
        *("areas you can mentor in", "areas you can mentor on", "what can you mentor on"),
        *("topics you can share", "topics you can teach", "topics you can offer"),
        *("areas you can help with", "areas of expertise", "expertise", "mentoring topics"),
        *("what can you help others with", "what can you help with", "what do you offer"),
        *("which skills can you offer", "which skills can you share", "which skills can you teach"),
        *("which topics can you share with others", "which topics can you mentor on"),
        *("what skills can you offer", "what skills can you share", "what skills can you teach"),
        *("what can you share", "skills you want to teach", "i can help with", "i can teach"),
        *("i can offer", "can offer", "offers", "skills", "also offers", "can teach"),
        *("was kannst du anbieten", "fahigkeiten die du anbietest", "was kannst du weitergeben"),
        *("que puedes ofrecer", "que puedes ensenar", "habilidades que ofreces"),
        *("que pouvez vous offrir", "que pouvez vous enseigner", "competences proposees"),
        *("o que voce pode oferecer", "o que voce pode ensinar", "habilidades que oferece"),
    ),
    "skills_wanted": (
        *("skills wanted", "skills you want", "skills you want to learn", "skills to learn"),
        *("skills i want to learn", "skills i want", "skills you would like to learn"),
        *("skills i would like to learn", "skills you need", "skills you seek"),
        *("what would you like to learn", "what do you want to learn", "learning interests"),
        *(
            "what do you need help with",
            "what would you like help with",
            "what do you want help with",
        ),
        *("topics you want to learn", "topics you would like to learn", "topics to learn"),
        *(
            "topics you want to learn about",
            "topics you want help with",
            "topics you need help with",
        ),
        *("which skills would you like to learn", "which skills do you want to learn"),
        *("what skills would you like to learn", "what skills do you want to learn"),
        *("areas you want to grow in", "areas you want to develop", "areas for growth"),
        *("areas you would like to grow in", "areas you want to improve", "learning goals"),
        *("i want to learn", "i would like to learn", "want to learn", "wants", "also wants"),
        *("would like to learn", "was mochtest du lernen", "que quieres aprender"),
        *("que te gustaria aprender", "qu aimeriez vous apprendre", "que souhaitez vous apprendre"),
        *("o que voce quer aprender", "o que voce gostaria de aprender"),
    ),
    "goal_title": ("goal title", "title of goal", "title of the goal", "project title"),
    "goal": (
        *("goal", "goals", "what do you hope for", "what do you hope to achieve"),
        *(
            "what do you want to achieve",
            "what would you like to achieve",
            "what are you hoping for",
        ),
        *("what do you hope to gain", "what do you hope to get out of it", "goal for the program"),
        *("what do you hope to get out of the program", "goals for the program"),
        *("what do you hope to get out of this program", "goals for this program"),
        *("what are your goals for the next six months", "goals for the next six months"),
        *(
            "what do you hope to achieve with a mentors help",
            "goals for mentoring",
            "mentoring goals",
        ),
        *("ziel", "ziele", "objetivo", "objetivos", "objectif", "objectifs"),
        *("was mochtest du erreichen", "que quieres lograr", "que souhaitez vous accomplir"),
    ),
    "interests": (
        *("interests", "keywords", "topics", "areas of interest", "topics of interest"),
        *("topics you are interested in", "interessen", "intereses", "interesses"),
        *("centres d interet",),
    ),
    "capacity": (
        *("capacity", "how many mentees can you take", "how many mentees can you take on"),
        *("how many mentees", "how many mentees would you like", "how many mentees do you want"),
        *("how many mentees could you take", "how many mentees would you take on"),
        *(
            "how many mentees can you support",
            "how many people can you mentor",
            "number of mentees",
        ),
        *("max mentees", "maximum mentees", "maximum number of mentees", "max number of mentees"),
        *("how many mentees are you willing to take", "how many mentees would you like to have"),
        *("wie viele mentees", "cuantos mentees", "combien de mentores", "quantos mentorados"),
    ),
    "team": ("team", "project", "project id", "project name", "team name", "group"),
    "about": (
        *("about", "about you", "about me", "bio", "biography", "short bio", "short biography"),
        *("tell us about yourself", "tell us about you", "a few words about yourself"),
        *("a bit about yourself", "tell us a bit about yourself", "introduce yourself"),
        *("tell us a little about yourself", "uber dich", "sobre ti", "a propos de vous"),
        *("sobre voce", "uber mich", "profile text"),
    ),
    # How somebody heard of the program is a question of statistics: it is taken where it is mapped.
    "source": ("source",),
    "show": (
        *("consent", "show my profile", "public profile", "may we show your profile"),
        *("who may see your profile", "can we show your profile", "consent to be shown"),
        *("may we show your profile on the site", "may we show your profile on the website"),
        *("may we show your profile publicly", "may we publish your profile", "consent show"),
        *("can we show your profile on the site", "can we show your profile on the website"),
        *("do you agree to be shown on the site", "do you agree to be shown on the website"),
        *("i agree to be shown on the site", "i agree that my profile is shown", "visibility"),
        *("who may see your profile on the site", "who can see your profile", "show"),
        *("durfen wir dein profil zeigen", "podemos mostrar tu perfil", "show profile"),
        *("pouvons nous montrer votre profil", "podemos mostrar seu perfil"),
    ),
    "quote": (
        *("quote", "consent quote", "may we quote you", "can we quote you", "i may be quoted"),
        *("may we quote you with your name", "can we quote you with your name"),
        *("may we quote what you say about the program", "i agree to be quoted"),
    ),
    "pictured": (
        *("pictured", "consent pictured", "may we show pictures of you", "photo consent"),
        *("may we show photos of you", "can we show pictures of you", "can we show photos of you"),
        *("may we publish photos of you", "may we publish pictures of you", "photo permission"),
        *("i agree that pictures of me are shown", "i agree that photos of me are shown"),
    ),
    "counted": (
        *("counted", "consent counted", "may we count you in our figures", "i may be counted"),
        *("may we count you in published figures", "can we count you in published figures"),
    ),
    "experience_years": (
        *("experience years", "years of experience", "years experience", "experience in years"),
        *("how many years of experience do you have", "how many years of experience"),
        *("years of professional experience", "years of work experience", "jahre erfahrung"),
        *("anos de experiencia", "annees d experience", "berufserfahrung in jahren"),
    ),
    "availability": (
        *(
            "availability",
            "when are you free",
            "when are you available",
            "free hours",
            "free times",
        ),
        *("available times", "available hours", "times you are free", "times you are available"),
        *("hours you are free", "when can you meet", "when could you meet", "meeting times"),
        *("preferred meeting times", "weekly availability", "hours when you are free"),
        *("which times suit you", "verfugbarkeit", "disponibilidad", "disponibilite"),
        *("disponibilites", "disponibilidade", "wann hast du zeit"),
    ),
    "preferred": (
        *("preferred mentor", "preferred mentors", "preferred", "preferred match"),
        *("preferred mentee", "preferred mentees", "preferred partner", "preferred people"),
        *("1st choice mentor", "first choice mentor", "mentor 1st choice", "mentor first choice"),
        *("2nd choice mentor", "second choice mentor", "mentor 2nd choice", "mentor second choice"),
        *("3rd choice mentor", "third choice mentor", "mentor 3rd choice", "mentor third choice"),
        *("1st choice mentee", "2nd choice mentee", "3rd choice mentee"),
        *("first choice mentee", "second choice mentee", "third choice mentee"),
        *("1st choice", "2nd choice", "3rd choice", "first choice", "second choice"),
        *("third choice", "mentor choice 1", "mentor choice 2", "mentor choice 3"),
        *("who would you like to be matched with", "whom would you like to be matched with"),
        *("people you would like to be matched with", "mentors you would like"),
    ),
    "excluded": (
        *("excluded", "people to avoid", "who should you not be matched with"),
        *("whom should you not be matched with", "people you should not be matched with"),
        *("people you do not want to be matched with", "anyone you should not be matched with"),
        *("people you dont want to be matched with", "do not match with", "not to be matched with"),
        *("is there anyone you should not be matched with", "conflicts of interest"),
        *("is there anybody you should not be matched with", "avoid"),
    ),
}
PAIR_FIELDS: HeaderWordings = {
    "team": ("project", "team", "project id", "group", "project name", "team name"),
    "mentor": (
        *("mentor", "mentors", "mentor id", "mentor name", "name of mentor", "mentor full name"),
        *("mentor email", "mentor e mail", "mentor email address", "mentor github", "mentor mail"),
        *("mentor login", "mentorin", "mentora"),
    ),
    "mentee": (
        *("mentee", "mentees", "mentee id", "mentee name", "mentee names", "name of mentee"),
        *("mentee full name", "mentee email", "mentee e mail", "mentee email address"),
        *("mentee github", "mentee mail", "mentee login", "mentee emails", "mentee ids"),
    ),
    "status": ("status", "outcome", "result"),
    "reason": ("reason", "end reason", "why it ended", "end note", "reason for ending"),
    "started_on": ("started on", "start date", "started", "start", "match date", "matched on"),
    "ended_on": ("ended on", "end date", "ended", "end"),
}
# Fields of which each column adds another answer, so that all columns are taken.
FIELDS_OF_SEVERAL_COLUMNS = frozenset(
    {"skills_offered", "skills_wanted", "interests", "languages", "availability", "preferred"}
    | {"excluded", "mentee", "skill"}
)
# A column whose header is a skill, and whose answers say who offers it or wants it.
SKILL_COLUMN = "skill"
# What stands in the place of a field for a column that is not wanted.
UNWANTED = "-"
