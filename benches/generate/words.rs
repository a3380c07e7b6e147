//! The vocabulary that rows are drawn from.
//!
//! A word that stands twice is drawn twice as often.

/// A name and the mailbox it makes.
pub const FIRST_NAMES: &[(&str, &str)] = &[
    ("Maria", "maria"),
    ("James", "james"),
    ("Aisha", "aisha"),
    ("Wei", "wei"),
    ("José", "jose"),
    ("Olga", "olga"),
    ("Liam", "liam"),
    ("Emma", "emma"),
    ("Noah", "noah"),
    ("Fatima", "fatima"),
    ("Zoë", "zoe"),
    ("Søren", "soren"),
    ("Priya", "priya"),
    ("Yuki", "yuki"),
    ("Ahmed", "ahmed"),
    ("Chloe", "chloe"),
    ("Diego", "diego"),
    ("Hannah", "hannah"),
    ("Ivan", "ivan"),
    ("Jürgen", "jurgen"),
    ("Kofi", "kofi"),
    ("Léa", "lea"),
    ("Mateusz", "mateusz"),
    ("Nguyet", "nguyet"),
    ("Oscar", "oscar"),
    ("Paula", "paula"),
    ("Quinn", "quinn"),
    ("Ruth", "ruth"),
    ("Samuel", "samuel"),
    ("Tomás", "tomas"),
    ("Uma", "uma"),
    ("Victor", "victor"),
    ("Debora", "debora"),
    ("Anne-Marie", "am"),
    ("Łukasz", "lukasz"),
    ("Ștefan", "stefan"),
    ("Grace", "grace"),
    ("Henry", "henry"),
    ("Isabel", "isabel"),
    ("Jack", "jack"),
];

pub const LAST_NAMES: &[&str] = &[
    "Smith",
    "Johnson",
    "García",
    "Müller",
    "Nguyen",
    "Kowalski",
    "Rossi",
    "O'Brien",
    "Lang",
    "Patel",
    "Kim",
    "Chen",
    "Ivanova",
    "Svensson",
    "Dubois",
    "van der Berg",
    "Okafor",
    "Yamada",
    "Haddad",
    "Silva",
    "Brown",
    "Jones",
    "Miller",
    "Davis",
    "Wilson",
    "Anderson",
    "Taylor",
    "Moore",
    "Jackson",
    "Martin",
    "Lee",
    "Thompson",
    "White",
    "Harris",
    "Clark",
    "Lewis",
    "Robinson",
    "Walker",
    "Øst",
    "Şahin",
];

pub const MAIL_HOSTS: &[&str] =
    &["example.com", "example.com", "example.com", "example.org", "example.net"];

pub const COMPANIES: &[&str] = &[
    "Acme Corp.",
    "Lang and Daughters",
    "Northwind Traders",
    "Blue Harbor Books",
    "Initech",
    "Miller, Sons & Co.",
    "Contoso",
    "Green Field Farms",
    "Umbrella Repairs",
    "Harbour Lights Ltd",
    "Pine Street Dental",
    "Riverside Yoga",
    "City of Springfield",
    "Baker's Dozen",
    "Alpha Optics",
    "Café Central",
    "Stone, Oak & Iron",
    "Fabrikam",
    "Old Mill Brewing",
    "Summit Cycles",
];

pub const QUOTED_COMPANIES: &[&str] =
    &["The \"Good\" Shop", "\"Quick\", Print & Sign", "12\" Records", "Jo's \"Place\""];

pub const TITLES: &[&str] = &[
    "Director",
    "Director of Sales",
    "director",
    "DIRECTOR OF MARKETING",
    "Manager",
    "Manager",
    "Marketing Manager",
    "Owner",
    "owner",
    "CEO",
    "Teacher",
    "Engineer",
    "Senior Engineer",
    "Sales Associate",
    "Vice President, Sales",
    "Office Manager",
    "Consultant",
    "Musician",
    "Nurse",
    "Student",
    "Retired",
    "Managing Director",
    "Accountant",
    "Volunteer",
];

pub const STREETS: &[&str] = &[
    "Main Street",
    "Oak Avenue",
    "Maple Road",
    "High Street",
    "Kashmir Valley Road",
    "2nd Street",
    "Church Lane",
    "Lake View Drive",
    "Rue de la Paix",
    "Bahnhofstraße",
    "Park Avenue",
    "Washington Boulevard",
];

/// A place: what its state is called, written short, where its postal codes begin.
pub struct Region {
    pub city: &'static str,
    pub name: &'static str,
    pub code: &'static str,
    pub postal: &'static str,
    pub countries: &'static [&'static str],
}

const UNITED_STATES: &[&str] =
    &["United States", "United States", "United States", "United States", "US", "USA"];
const CANADA: &[&str] = &["Canada", "Canada", "CA"];

const fn region(
    city: &'static str,
    name: &'static str,
    code: &'static str,
    postal: &'static str,
    countries: &'static [&'static str],
) -> Region {
    Region { city, name, code, postal, countries }
}

pub const REGIONS: &[Region] = &[
    region("Boston", "Massachusetts", "MA", "02", UNITED_STATES),
    region("Waltham", "Massachusetts", "MA", "02", UNITED_STATES),
    region("Providence", "Rhode Island", "RI", "02", UNITED_STATES),
    region("Hartford", "Connecticut", "CT", "06", UNITED_STATES),
    region("New York", "New York", "NY", "10", UNITED_STATES),
    region("Buffalo", "New York", "NY", "14", UNITED_STATES),
    region("Baltimore", "Maryland", "MD", "21", UNITED_STATES),
    region("Chicago", "Illinois", "IL", "60", UNITED_STATES),
    region("Los Angeles", "California", "CA", "90", UNITED_STATES),
    region("San Diego", "California", "CA", "92", UNITED_STATES),
    region("Houston", "Texas", "TX", "77", UNITED_STATES),
    region("Austin", "Texas", "TX", "78", UNITED_STATES),
    region("Miami", "Florida", "FL", "33", UNITED_STATES),
    region("Seattle", "Washington", "WA", "98", UNITED_STATES),
    region("Denver", "Colorado", "CO", "80", UNITED_STATES),
    region("Atlanta", "Georgia", "GA", "30", UNITED_STATES),
    region("Toronto", "Ontario", "ON", "M5V ", CANADA),
    region("Montréal", "Québec", "QC", "H2X ", CANADA),
    region("München", "Bayern", "BY", "80", &["Germany", "Germany", "DE", "Deutschland"]),
    region("London", "Greater London", "LDN", "SW1A ", &["United Kingdom", "UK", "GB"]),
];

/// The ids of the account's lists, the largest list first.
pub const LIST_IDS: &[&str] = &[
    "07936f78-662a-11eb-af0a-fa163e56c9b0",
    "04fe9a10-a579-43c5-bb1a-58ed29bf0a6a",
    "08bd8c52-a579-43c5-bb1a-58ed29bf0a6a",
    "1c9f0c3e-5b0e-4c57-9f0e-0a5c3c7f5a11",
    "2d8e1b4f-6c1f-4d68-8a1f-1b6d4d8a6b22",
    "3e7d2a5a-7d2a-4e79-9b2a-2c7e5e9b7c33",
];

pub const TAG_NAMES: &[&str] = &[
    "newsletter",
    "customer",
    "vip",
    "webinar-2023",
    "trial",
    "gold-card",
    "partner",
    "donor",
    "event:spring",
    "event:autumn",
];

pub const DEVICES: &[&str] = &["mobile", "mobile", "mobile", "computer", "computer", "tablet"];

pub const LINKS: &[&str] = &[
    "https://www.example.com/shop",
    "https://www.example.com/sale?utm_source=mail",
    "https://www.example.com/news/12",
    "https://www.example.com/events,spring",
    "https://www.example.com/",
    "https://www.example.com/help#returns",
];

pub const THEMES: &[&str] = &[
    "Newsletter",
    "Spring sale",
    "Holiday Special Newsletter",
    "Event invitation",
    "Product news",
    "Survey, two minutes",
    "Back to school",
    "Clearance",
];

pub const GREETINGS: &[&str] = &["Hello", "For you", "New this week", "Don't miss it"];
