"""Time zones by names that neither the IANA database nor the Unicode CLDR lists as such."""

# What abbreviations mean, likeliest first. Several zones: asked for. From the IANA database's own
# abbreviations, and from those that governments and calendars use beside them.
ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "utc": ("UTC",),
    "z": ("UTC",),
    "zulu": ("UTC",),
    "est edt": ("America/New_York",),
    "et": ("America/New_York",),
    "cst cdt": ("America/Chicago",),
    "ct": ("America/Chicago",),
    "mst mdt": ("America/Denver",),
    "mt": ("America/Denver", "Europe/Malta"),
    "pst pdt": ("America/Los_Angeles",),
    "pt": ("America/Los_Angeles", "Europe/Lisbon"),
    "pdt": ("America/Los_Angeles",),
    "edt": ("America/New_York",),
    "mdt": ("America/Denver",),
    "akst": ("America/Anchorage",),
    "akdt": ("America/Anchorage",),
    "hst": ("Pacific/Honolulu",),
    "ndt": ("America/St_Johns",),
    "wet": ("Europe/Lisbon",),
    "wet west": ("Europe/Lisbon",),
    "cet": ("Europe/Berlin",),
    "cest": ("Europe/Berlin",),
    "cet cest": ("Europe/Berlin",),
    "mez": ("Europe/Berlin",),
    "mesz": ("Europe/Berlin",),
    "mez mesz": ("Europe/Berlin",),
    "gmt bst": ("Europe/London",),
    "bst gmt": ("Europe/London",),
    "eest": ("Europe/Athens", "Africa/Cairo"),
    "eet eest": ("Europe/Athens", "Africa/Cairo"),
    "msk": ("Europe/Moscow",),
    "trt": ("Europe/Istanbul",),
    "wat": ("Africa/Lagos",),
    "cat": ("Africa/Maputo",),
    "eat": ("Africa/Nairobi",),
    "sast": ("Africa/Johannesburg",),
    "pkt": ("Asia/Karachi",),
    "npt": ("Asia/Kathmandu",),
    "pht": ("Asia/Manila",),
    "idt": ("Asia/Jerusalem",),
    "pst8pdt": ("America/Los_Angeles",),
    "mst7mdt": ("America/Denver",),
    "cst6cdt": ("America/Chicago",),
    "est5edt": ("America/New_York",),
    "hkt": ("Asia/Hong_Kong",),
    "sgt": ("Asia/Singapore",),
    "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",),
    "wib": ("Asia/Jakarta",),
    "awst": ("Australia/Perth",),
    "aedt": ("Australia/Sydney",),
    "aest aedt": ("Australia/Sydney",),
    "acst acdt": ("Australia/Adelaide",),
    "nzst": ("Pacific/Auckland",),
    "nzdt": ("Pacific/Auckland",),
    "nzst nzdt": ("Pacific/Auckland",),
    "brt": ("America/Sao_Paulo",),
    "art": ("America/Argentina/Buenos_Aires",),
    "clt": ("America/Santiago",),
    "cot": ("America/Bogota",),
    "pet": ("America/Lima",),
    "vet": ("America/Caracas",),
    # Without the other half of the year, these may be kept all year round, or mean another country.
    "gmt": ("UTC", "Europe/London"),
    "est": ("America/New_York", "America/Panama", "Australia/Sydney"),
    "pst": ("America/Los_Angeles", "Asia/Manila"),
    "mst": ("America/Denver", "America/Phoenix", "Asia/Kuala_Lumpur"),
    "cst": ("America/Chicago", "Asia/Shanghai", "America/Costa_Rica"),
    "cdt": ("America/Chicago",),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "ast": ("America/Halifax", "Asia/Riyadh", "America/Puerto_Rico"),
    "gst": ("Asia/Dubai", "Atlantic/South_Georgia"),
    "eet": ("Europe/Athens", "Africa/Cairo", "Europe/Kaliningrad"),
    "aest": ("Australia/Sydney", "Australia/Brisbane"),
    "acst": ("Australia/Adelaide", "Australia/Darwin"),
    "nst": ("America/St_Johns", "Asia/Kathmandu"),
    "sst": ("Pacific/Pago_Pago", "Asia/Singapore"),
    "amt": ("America/Manaus", "Asia/Yerevan"),
}

# Those of several meanings of which the first is by far the likeliest.
LIKELY = frozenset(
    ("gmt", "greenwich mean time", "est", "pst", "bst", "eet", "eest", "aest", "pt", "mt")
)

# Names of zones: what Windows shows for zones that it does not call after cities (the list of
# default time zones in Microsoft's documentation), and what North Americans say.
ZONE_PHRASES: dict[str, str] = {
    "eastern time": "America/New_York",
    "us eastern": "America/New_York",
    "us eastern time": "America/New_York",
    "eastern time us canada": "America/New_York",
    "eastern us": "America/New_York",
    "central time": "America/Chicago",
    "us central": "America/Chicago",
    "us central time": "America/Chicago",
    "central time us canada": "America/Chicago",
    "mountain time": "America/Denver",
    "us mountain": "America/Denver",
    "us mountain time": "America/Denver",
    "mountain time us canada": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "us pacific": "America/Los_Angeles",
    "us pacific time": "America/Los_Angeles",
    "pacific time us canada": "America/Los_Angeles",
    "atlantic time canada": "America/Halifax",
    "indiana east": "America/Indiana/Indianapolis",
    "arizona": "America/Phoenix",
    "arizona time": "America/Phoenix",
    "alaska": "America/Anchorage",
    "alaska time": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "hawaii time": "Pacific/Honolulu",
    "aleutian islands": "America/Adak",
    "baja california": "America/Tijuana",
    "saskatchewan": "America/Regina",
    "newfoundland": "America/St_Johns",
    "newfoundland time": "America/St_Johns",
    "central america": "America/Costa_Rica",
    "west central africa": "Africa/Lagos",
    "west africa time": "Africa/Lagos",
    "east africa time": "Africa/Nairobi",
    "central africa time": "Africa/Maputo",
    "central european": "Europe/Berlin",
    "central european time": "Europe/Berlin",
    "central european summer time": "Europe/Berlin",
    "central european standard time": "Europe/Berlin",
    "western european time": "Europe/Lisbon",
    "coordinated universal time": "UTC",
    "utc coordinated universal time": "UTC",
    "universal time": "UTC",
    "brasilia": "America/Sao_Paulo",
    "brasilia time": "America/Sao_Paulo",
    "horario de brasilia": "America/Sao_Paulo",
    "hora de brasilia": "America/Sao_Paulo",
    "british time": "Europe/London",
    "uk time": "Europe/London",
    "british summer time": "Europe/London",
    "indian standard time": "Asia/Kolkata",
    "indian time": "Asia/Kolkata",
    "india time": "Asia/Kolkata",
    "china standard time": "Asia/Shanghai",
    "china time": "Asia/Shanghai",
    "japan time": "Asia/Tokyo",
    "mitteleuropaische zeit": "Europe/Berlin",
    "hora peninsular": "Europe/Madrid",
    "heure de paris": "Europe/Paris",
}

# Countries, and parts of them, as people call them, by the code of ISO 3166.
OTHER_COUNTRY_NAMES: dict[str, str] = {
    "uk": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "great britain": "GB",
    "britain": "GB",
    "usa": "US",
    "us": "US",
    "united states of america": "US",
    "america": "US",
    "holland": "NL",
    "czech republic": "CZ",
    "uae": "AE",
    "korea": "KR",
    "south korea": "KR",
    "republic of ireland": "IE",
    "ivory coast": "CI",
    "burma": "MM",
    "turkey": "TR",
    "turkiye": "TR",
    "macedonia": "MK",
    "vietnam": "VN",
    "viet nam": "VN",
    "hong kong": "HK",
    "macau": "MO",
    "palestine": "PS",
    "deutschland": "DE",
    "espana": "ES",
    "brasil": "BR",
}

# States and provinces that keep one time, by zone (their official borders in the IANA database).
# Those with two zones, such as Texas and Ontario, are in `SPLIT_STATES` with the zone of most.
_STATES_BY_ZONE: dict[str, str] = {
    "America/New_York": (
        "connecticut delaware georgia maine maryland massachusetts new_hampshire new_jersey "
        "new_york north_carolina ohio pennsylvania rhode_island south_carolina vermont virginia "
        "west_virginia district_of_columbia washington_dc washington_d_c"
    ),
    "America/Chicago": (
        "alabama arkansas illinois iowa louisiana minnesota mississippi missouri oklahoma wisconsin"
    ),
    "America/Denver": "colorado montana new_mexico utah wyoming",
    "America/Los_Angeles": "california washington_state nevada",
    "America/Halifax": "nova_scotia new_brunswick prince_edward_island",
    "America/Edmonton": "alberta",
    "America/Winnipeg": "manitoba",
    "Australia/Sydney": "new_south_wales nsw victoria_australia australian_capital_territory",
    "Australia/Brisbane": "queensland",
    "Australia/Adelaide": "south_australia",
    "Australia/Darwin": "northern_territory",
    "Australia/Perth": "western_australia",
    "Australia/Hobart": "tasmania",
    "Atlantic/Canary": "canary_islands islas_canarias canarias",
    "Atlantic/Azores": "azores acores",
    "Atlantic/Madeira": "madeira",
}
STATES = {
    name.replace("_", " "): zone
    for zone, names in _STATES_BY_ZONE.items()
    for name in names.split()
}
SPLIT_STATES: dict[str, tuple[str, ...]] = {
    "texas": ("America/Chicago", "America/Denver"),
    "florida": ("America/New_York", "America/Chicago"),
    "michigan": ("America/Detroit", "America/Menominee"),
    "indiana": ("America/Indiana/Indianapolis", "America/Chicago"),
    "kentucky": ("America/New_York", "America/Chicago"),
    "tennessee": ("America/Chicago", "America/New_York"),
    "kansas": ("America/Chicago", "America/Denver"),
    "nebraska": ("America/Chicago", "America/Denver"),
    "north dakota": ("America/Chicago", "America/Denver"),
    "south dakota": ("America/Chicago", "America/Denver"),
    "oregon": ("America/Los_Angeles", "America/Boise"),
    "idaho": ("America/Boise", "America/Los_Angeles"),
    "washington": ("America/Los_Angeles", "America/New_York"),
    "ontario": ("America/Toronto", "America/Winnipeg"),
    "quebec": ("America/Toronto", "America/Puerto_Rico"),
    "british columbia": ("America/Vancouver", "America/Edmonton"),
    "bc": ("America/Vancouver", "America/Edmonton"),
}
# The postal codes of states. Many are the codes of countries as well.
_CODES_BY_STATE = (
    "CT connecticut,DE delaware,GA georgia,ME maine,MD maryland,MA massachusetts,NH new hampshire,"
    "NJ new jersey,NY new york,NC north carolina,OH ohio,PA pennsylvania,RI rhode island,"
    "SC south carolina,VT vermont,VA virginia,WV west virginia,DC district of columbia,AL alabama,"
    "AR arkansas,IL illinois,IA iowa,LA louisiana,MN minnesota,MS mississippi,MO missouri,"
    "OK oklahoma,WI wisconsin,CO colorado,MT montana,NM new mexico,UT utah,WY wyoming,"
    "CA california,NV nevada,WA washington state,TX texas,FL florida,MI michigan,IN indiana,"
    "KY kentucky,TN tennessee,KS kansas,NE nebraska,ND north dakota,SD south dakota,OR oregon,"
    "ID idaho,ON ontario,QC quebec,BC british columbia,AB alberta,MB manitoba,NS nova scotia,"
    "NB new brunswick,NSW nsw,QLD queensland,TAS tasmania"
)
STATE_CODES: dict[str, tuple[str, ...]] = {
    code: SPLIT_STATES.get(state) or (STATES[state],)
    for code, _, state in (entry.partition(" ") for entry in _CODES_BY_STATE.split(","))
} | {
    "WA": ("America/Los_Angeles", "Australia/Perth"),
    "NT": ("Australia/Darwin",),
    "SA": ("Australia/Adelaide",),
    "AZ": ("America/Phoenix",),
    "HI": ("Pacific/Honolulu",),
    "VIC": ("Australia/Melbourne",),
}

# Large cities that give no zone its name, without a namesake of over 100,000 people that keeps
# another time (populations: GeoNames).
_CITIES_BY_ZONE: dict[str, str] = {
    "America/New_York": "boston philadelphia atlanta miami baltimore pittsburgh charlotte "
    "new_york_city nyc cleveland washington_dc",
    "America/Chicago": "houston dallas austin san_antonio minneapolis milwaukee nashville "
    "new_orleans",
    "America/Denver": "salt_lake_city",
    "America/Los_Angeles": "san_francisco san_diego seattle oakland sacramento las_vegas",
    "America/Toronto": "ottawa montreal quebec_city",
    "America/Sao_Paulo": "rio_de_janeiro belo_horizonte porto_alegre curitiba",
    "Europe/Berlin": "munich munchen hamburg cologne koln frankfurt stuttgart dusseldorf leipzig "
    "heidelberg",
    "Europe/Paris": "lyon marseille toulouse lille strasbourg",
    "Europe/Zurich": "geneva basel bern lausanne",
    "Europe/Rome": "milan turin bologna",
    "Europe/Madrid": "seville sevilla bilbao",
    "Europe/Amsterdam": "rotterdam utrecht the_hague eindhoven",
    "Europe/Lisbon": "porto coimbra",
    "Europe/London": "glasgow edinburgh leeds cardiff belfast",
    "Europe/Stockholm": "gothenburg malmo uppsala",
    "Europe/Warsaw": "krakow wroclaw gdansk poznan",
    "Europe/Istanbul": "ankara izmir",
    "Europe/Kyiv": "lviv kharkiv odesa",
    "Europe/Prague": "brno",
    "Africa/Lagos": "abuja ibadan",
    "Africa/Nairobi": "mombasa",
    "Africa/Johannesburg": "cape_town durban pretoria",
    "Asia/Kolkata": "mumbai delhi new_delhi bangalore bengaluru chennai pune ahmedabad",
    "Asia/Karachi": "lahore islamabad",
    "Asia/Shanghai": "beijing shenzhen guangzhou wuhan nanjing hangzhou",
    "Asia/Tokyo": "osaka kyoto yokohama sapporo nagoya",
    "Asia/Seoul": "busan",
    "Asia/Ho_Chi_Minh": "hanoi",
    "Asia/Jerusalem": "tel_aviv haifa",
    "Asia/Dubai": "abu_dhabi",
    "Asia/Yangon": "rangoon",
    "Australia/Sydney": "canberra",
    "Pacific/Auckland": "wellington christchurch",
    "America/Bogota": "medellin",
    "America/Guayaquil": "quito",
}
OTHER_CITIES = {
    name.replace("_", " "): zone
    for zone, names in _CITIES_BY_ZONE.items()
    for name in names.split()
}
# Cities with a namesake of over 100,000 people that keeps another time
# (GeoNames): they are asked for unless a country or state stands beside them.
HOMONYMS: dict[str, tuple[str, ...]] = {
    "london": ("Europe/London", "America/Toronto"),
    "birmingham": ("Europe/London", "America/Chicago"),
    "san jose": ("America/Costa_Rica", "America/Los_Angeles"),
    "cordoba": ("America/Argentina/Cordoba", "Europe/Madrid", "America/Mexico_City"),
    "valencia": ("Europe/Madrid", "America/Caracas"),
    "barcelona": ("Europe/Madrid", "America/Caracas"),
    "merida": ("America/Merida", "Europe/Madrid", "America/Caracas"),
    "guadalajara": ("America/Mexico_City", "Europe/Madrid"),
    "leon": ("America/Mexico_City", "Europe/Madrid", "America/Managua"),
    "granada": ("Europe/Madrid", "America/Managua"),
    "cartagena": ("America/Bogota", "Europe/Madrid"),
    "santiago": ("America/Santiago", "America/Santo_Domingo", "Europe/Madrid"),
    "la paz": ("America/La_Paz", "America/Mazatlan"),
    "concepcion": ("America/Santiago", "America/Asuncion"),
    "san juan": ("America/Puerto_Rico", "America/Argentina/San_Juan"),
    "san luis": ("America/Argentina/San_Luis", "America/Phoenix"),
    "santa cruz": ("America/La_Paz", "America/Los_Angeles", "Atlantic/Canary"),
    "trinidad": ("America/Port_of_Spain", "America/La_Paz"),
    "georgetown": ("America/Guyana", "Asia/Kuala_Lumpur", "America/Cayman"),
    "kingston": ("America/Jamaica", "America/Toronto", "Europe/London"),
    "hamilton": ("America/Toronto", "Pacific/Auckland", "Atlantic/Bermuda"),
    "halifax": ("America/Halifax", "Europe/London"),
    "cambridge": ("Europe/London", "America/New_York"),
    "oxford": ("Europe/London", "America/Chicago"),
    "manchester": ("Europe/London", "America/New_York"),
    "newcastle": ("Europe/London", "Australia/Sydney", "Africa/Johannesburg"),
    "durham": ("Europe/London", "America/New_York"),
    "york": ("Europe/London", "America/New_York"),
    "bristol": ("Europe/London", "America/New_York"),
    "plymouth": ("Europe/London", "America/New_York"),
    "lincoln": ("Europe/London", "America/Chicago"),
    "worcester": ("Europe/London", "America/New_York", "Africa/Johannesburg"),
    "richmond": ("America/New_York", "America/Vancouver", "Europe/London"),
    "portland": ("America/Los_Angeles", "America/New_York"),
    "springfield": ("America/Chicago", "America/New_York"),
    "rochester": ("America/New_York", "America/Chicago"),
    "columbia": ("America/New_York", "America/Chicago"),
    "columbus": ("America/New_York", "America/Chicago"),
    "arlington": ("America/Chicago", "America/New_York"),
    "aurora": ("America/Denver", "America/Chicago"),
    "victoria": ("America/Vancouver", "Australia/Sydney", "Indian/Mahe", "America/Chicago"),
    "georgia": ("Asia/Tbilisi", "America/New_York"),
    "alexandria": ("Africa/Cairo", "America/New_York"),
    "tripoli": ("Africa/Tripoli", "Asia/Beirut"),
    "hyderabad": ("Asia/Kolkata", "Asia/Karachi"),
    "salem": ("America/Los_Angeles", "Asia/Kolkata", "America/New_York"),
    "toledo": ("Europe/Madrid", "America/New_York"),
    "st petersburg": ("Europe/Moscow", "America/New_York"),
    "saint petersburg": ("Europe/Moscow", "America/New_York"),
    "petersburg": ("Europe/Moscow", "America/New_York", "America/Indiana/Petersburg"),
    "brest": ("Europe/Paris", "Europe/Minsk"),
    "norfolk": ("America/New_York", "Pacific/Norfolk", "Europe/London"),
    "jersey": ("Europe/Jersey", "America/New_York"),
    "vincennes": ("Europe/Paris", "America/Indiana/Vincennes"),
    "st johns": ("America/St_Johns", "America/Antigua"),
}
# Zones without summer time for offsets that are no whole hour, the most populous of each.
HALF_HOURS: dict[str, str] = {
    "+03:30": "Asia/Tehran",
    "+04:30": "Asia/Kabul",
    "+05:30": "Asia/Kolkata",
    "+05:45": "Asia/Kathmandu",
    "+06:30": "Asia/Yangon",
    "+08:45": "Australia/Eucla",
    "+09:30": "Australia/Darwin",
    "-09:30": "Pacific/Marquesas",
}
