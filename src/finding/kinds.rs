//! The one table of codes. A new code is a new row; `docs/codes.md` is printed from it.

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Probably not meant.
    Warning,
    /// The vendor would refuse it, or it can't be evaluated.
    Error,
}

impl Severity {
    /// The word shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Which part of the 277 answer carries the code when the finding concerns a rule. A finding that
/// concerns no single rule is always the answer's own code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// The answer itself.
    Body,
    /// The rule.
    Rule,
    /// The rule's clause; the rule gets 2703.
    Clause,
}

/// What the table says of one kind.
struct Row {
    code: u16,
    name: &'static str,
    severity: Severity,
    level: Level,
    dialects: &'static [&'static str],
    message: &'static str,
    explanation: &'static str,
    why: &'static str,
}

macro_rules! kinds {
    ($($variant:ident $code:literal $name:literal $severity:ident $level:ident
       [$($dialect:ident)*] $message:literal => $explanation:literal, $why:literal;)*) => {
        /// What kind of finding it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $(#[doc = $explanation] $variant),* }

        impl Kind {
            /// Every kind, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            const ROWS: &'static [Row] = &[$(Row {
                code: $code,
                name: $name,
                severity: Severity::$severity,
                level: Level::$level,
                dialects: &[$(stringify!($dialect)),*],
                message: $message,
                explanation: $explanation,
                why: $why,
            }),*];
        }
    };
}

// Each row: code, name, severity, where the 277 answer carries it, the dialects in which a check
// can raise it by their short names, the message; what it means; why it matters.
kinds! {
    SegmentUnknown 271 "segment-unknown" Error Body [] "Invalid SegmentID or the Segment doesn't exist"
        => "An operation names a stored segment that isn't there.",
        "A scheduled change runs against nothing, and the campaign goes on using the old segment, or \
            none.";
    SegmentHasCampaigns 272 "segment-has-campaigns" Error Body [] "A segment attached to unsent campaign drafts cannot be deleted"
        => "An unsent campaign still names the segment.",
        "Deleting it would leave a draft without its audience, so the vendor refuses.";
    TitleEmpty 273 "title-empty" Error Body [cc cm el] "The segment title cannot be empty"
        => "The title or name is absent, empty or only white space.",
        "The vendor refuses the segment; and one without a name couldn't be told from its neighbours when \
            somebody picks an audience.";
    TitleInUse 275 "title-in-use" Error Body [cc cm el] "The segment title must be unique"
        => "Another segment of the list (Campaign Monitor) or account has this title.",
        "The vendor refuses the second of two; and with two of one name, somebody would one day send to \
            the wrong one.";
    RulesHaveProblems 277 "rules-have-problems" Error Body [cc cm el] "The supplied segment rules have some problems"
        => "At least one rule has a problem; the answer's code where nothing else is wrong with the whole.",
        "The vendor stores nothing of the segment: an update leaves the old rules in force, and the next \
            mail goes to the old audience.";
    CalculationInProgress 278 "calculation-in-progress" Error Body [] "Segment calculation is in progress. Please try again later"
        => "The stored segment is being calculated.",
        "Counts and members read now are those of before; wait, then ask again.";
    LimitReached 283 "limit-reached" Error Body [] "Segment limits reached"
        => "The account holds as many segments or rules as it may.",
        "Nothing is created, however right the criteria are; support or a clean-up helps.";
    SystemSegment 284 "system-segment" Error Body [] "This is a system segment and it cannot be modified"
        => "The stored segment is the vendor's own.",
        "The vendor keeps its engagement segments as they are; make one of your own beside them.";

    ClausesHaveProblems 2703 "clauses-have-problems" Error Rule [cc cm el] "The supplied clauses have some problems"
        => "The rule's clause has a problem; the clause's own code says which.",
        "One bad clause is enough for the vendor to refuse the whole segment, the right rules with it.";
    RuleTypeEmpty 2704 "rule-type-empty" Error Rule [cc cm el] "RuleType cannot be empty"
        => "The rule doesn't say what it is about: no RuleType, source, field or field_name.",
        "Nobody can say whom the rule should select, so the vendor refuses the segment.";
    RuleTypeUnknown 2705 "rule-type-unknown" Error Rule [cm] "RuleType must be one of Name|EmailAddress|DateSubscribed|Campaign(Opened(NoClick)?|Clicked(Any|Specific)|NotOpened) or a valid custom field personalisation tag"
        => "Campaign Monitor: the RuleType is neither built in (its spelling is exact) nor a custom field of the account.",
        "The vendor refuses the segment. Often a field was renamed, and every segment that still names \
            the old tag goes stale unnoticed.";
    FieldUnknown 2705 "field-unknown" Error Rule [cc el] "The field is not one of the account's fields"
        => "Constant Contact, EngageLab: the source or field is none that the dialect or the account knows.",
        "No contact has such a field: a positive rule would reach nobody, a negative one everybody.";
    ClauseMissing 2706 "clause-missing" Error Rule [cm] "Any segment rule must have at least one clause"
        => "The rule has no clause at all.",
        "A subject without a test selects nobody in particular, and the vendor refuses it.";
    ClauseEmpty 2710 "clause-empty" Error Clause [cm] "A clause cannot be empty"
        => "The clause is empty or only white space.",
        "Usually a template whose value was never filled in: the vendor refuses it.";
    VerbIllegalName 2712 "illegal-verb-name" Error Clause [cm] "Verb is illegal for Name-based rules"
        => "The verb can't be used with Name.",
        "The vendor refuses the segment. Names can be compared as a whole only; for a part of a name, a \
            custom field has to hold it.";
    VerbIllegalEmail 2713 "illegal-verb-email" Error Clause [cm] "Verb is illegal for Email-based rules"
        => "The verb can't be used with EmailAddress.",
        "The vendor refuses the segment. Every subscriber has an address, so tests for one that is \
            missing have no meaning.";
    VerbIllegalDateSubscribed 2714 "illegal-verb-date-subscribed" Error Clause [cm] "Verb is illegal for DateSubscribed-based rules"
        => "The verb can't be used with DateSubscribed.",
        "The vendor refuses the segment, so nobody who joined in that time gets the mail.";
    VerbIllegalText 2715 "illegal-verb-text" Error Clause [cc cm el] "Verb is illegal for rules based on a Text custom field"
        => "The verb or operator can't be used with a text field.",
        "The vendor refuses the segment. Where order was meant, text can't give it: as text, 9 comes \
            after 10.";
    VerbIllegalNumber 2716 "illegal-verb-number" Error Clause [cm el] "Verb is illegal for rules based on a Number custom field"
        => "The verb or operator can't be used with a number field.",
        "The vendor refuses the segment: a number can be compared, but holds no words to search.";
    VerbIllegalOption 2717 "illegal-verb-multi-option" Error Clause [cm el] "Verb is illegal for rules based on a Multi-Option custom field"
        => "The verb or operator can't be used with a field of options.",
        "The vendor refuses the segment: options are chosen or not, they have no order and no parts.";
    VerbIllegalDate 2718 "illegal-verb-date" Error Clause [cc cm el] "Verb is illegal for rules based on a Date custom field"
        => "The verb or operator can't be used with a date field.",
        "The vendor refuses the segment: a date is before or after another, or in a range.";
    ObjectMissing 2719 "object-missing" Error Clause [cc cm el] "The verb requires a matching object to be part of the clause"
        => "The verb or operator needs an operand and there is none. White space only counts as none.",
        "Usually a template whose value was never filled in. The vendor refuses it; read as \"is empty\", \
            it would mail exactly those of whom nothing is known.";
    DateFormat 2720 "date-format" Error Clause [cc cm el] "Dates must be supplied in the required format"
        => "The operand is no date of the form that the dialect wants, or no day of the calendar.",
        "The vendor refuses the segment; and a day and month that change places move the audience by \
            months.";
    NumberFormat 2721 "number-format" Error Clause [cm el] "Objects supplied in a number-based clause must be parsable as a number"
        => "The operand is no decimal number.",
        "The vendor refuses the segment; a thousands mark read as a decimal point would move the bound a \
            thousandfold.";
    OptionUnknown 2722 "option-unknown" Error Clause [cc cm el] "The object supplied is not a valid option of the field"
        => "The field has a list of options, and the operand isn't among them.",
        "Nobody can have chosen it: a positive rule reaches nobody, and a negative one everybody, those \
            included whom it should leave out.";
    YearOutOfRange 2723 "date-subscribed-year" Error Clause [cm] "Dates in a DateSubscribed-based clause can only be from the last ten years"
        => "The year of a DateSubscribed operand isn't among the ten that end with the as-of year.",
        "The vendor refuses the segment; one written years ago breaks on the first of January when it is \
            next saved.";
    CampaignId 2750 "campaign-id" Error Clause [cm] "Rule requires a valid API CampaignID"
        => "The clause must be a campaign id: 32 hexadecimal digits.",
        "The vendor refuses the segment: without the campaign there are no opens and clicks to look at.";
    CampaignNotSentToList 2751 "campaign-not-sent-to-list" Error Clause [cm] "The campaign has never been sent to this list or any segment of it"
        => "The account knows where the campaign was sent, and it wasn't this list.",
        "The vendor refuses the segment: nobody on the list got the campaign, so nobody could open it, \
            and the rule is about another list's mail.";
    LinkNotInCampaign 2753 "link-not-in-campaign" Error Clause [cm] "The URL given was not a clickable link in the campaign"
        => "The account knows the campaign's links, and this isn't one.",
        "The vendor refuses the segment: nobody can have clicked a link that wasn't there. Often only the \
            tracking part of the URL differs.";
    ClauseNotParsed 2754 "clause-not-parsed" Error Clause [cc cm el] "Clause not parsed due to invalid RuleType"
        => "The clause wasn't looked at, since the rule's subject is unknown.",
        "More may be wrong than is shown: the clause is looked at once the subject is mended.";
    DateRange 2755 "date-range" Error Clause [cc cm] "Between date range must be in the format 'YYYY-MM-DD AND YYYY-MM-DD'"
        => "The range lacks one of its two dates, lacks AND in capitals, or its start lies after its end.",
        "The vendor refuses the segment; a range with one end, or turned round, would select nobody.";
    NumberRange 2756 "number-range" Error Clause [cm] "Between number range must be in the format 'X AND Y'"
        => "The range lacks one of its two numbers, lacks AND in capitals, or its start lies above its end.",
        "The vendor refuses the segment; a range with one end, or turned round, would select nobody.";
    VerbIllegalLocation 2757 "illegal-verb-location" Error Clause [cm] "Verb is illegal for Location-based rules"
        => "The verb can't be used with Location.",
        "The vendor refuses the segment, so the mail for a region reaches nobody there.";
    LocationOperand 2758 "location-operand" Error Clause [cm] "The operand supplied is illegal for a Location-based rule"
        => "The operand has no letter, so it is no country, code, region or city.",
        "The vendor refuses the segment: postcodes and numbers are no places to it.";

    TopNotAnd 2801 "top-not-and" Error Body [cc] "The criteria must begin with an and group"
        => "Constant Contact: the outermost group is missing or isn't `and`.",
        "The vendor answers 400 and stores nothing; its own editor always begins with `and`.";
    GroupType 2801 "group-type" Error Body [cc] "A group must be of type and or or"
        => "Constant Contact: a group has no type, or another than `and` and `or`.",
        "The vendor answers 400. Read as `or` where `and` was meant, the group would let in everybody who \
            passes a single rule.";
    OrMixesSources 2802 "or-mixes-sources" Error Rule [cc] "An or group cannot join different sources"
        => "Constant Contact: different sources are joined by `and` only.",
        "The vendor answers 400. What was meant takes two segments, and a mail to both.";
    GroupInOr 2803 "group-in-or" Error Rule [cc] "A group cannot stand inside an or group"
        => "Constant Contact: an `or` group holds rules only.",
        "The vendor answers 400: its segments know one level of `or`, and whoever the inner group should \
            let in gets nothing.";
    JoinedByAnd 2804 "lists-joined-by-and" Error Rule [cc] "List memberships, and tags, cannot be joined by and"
        => "Constant Contact: only one part of the criteria may speak of lists, and only one of tags.",
        "The vendor answers 400: \"on both lists\" can't be said there, only \"on one of them\".";
    GroupEmpty 2805 "group-empty" Error Body [cc cm el] "A group has no rules"
        => "Constant Contact: an empty group. Campaign Monitor: a rule group without rules. EngageLab: no items.",
        "The vendor refuses it, and rightly: an empty group could mean everybody as well as nobody.";
    OperatorUnknown 2806 "operator-unknown" Error Clause [cc el] "The operator is unknown or cannot be used with this source"
        => "The operator is missing, or is none that the source has.",
        "The vendor refuses the segment: between equal and unequal there is nothing to guess.";
    ConstUnknown 2807 "const-unknown" Error Clause [cc] "The constant is unknown or cannot be used with this operator"
        => "Constant Contact: `const_value` or `const_date_value` isn't one that goes with this source and operator.",
        "The vendor answers 400. A window that is left out would take in people who were last active \
            years ago.";
    CountOutOfRange 2808 "count-out-of-range" Error Clause [cc] "The count must be an integer in its range"
        => "Constant Contact: a number of campaigns is an integer from 1 to 500, a number of days one from 1 to 1825.",
        "The vendor answers 400; cut to the limit, the rule would speak of other campaigns or days than \
            its author meant.";
    WindowIllegal 2809 "window-illegal" Error Clause [cc] "The date range is reversed or too long"
        => "Constant Contact: the window's start lies after its end, or a tracking window is longer than 1825 days.",
        "The vendor answers 400: it keeps five years of activity, and nothing lies in a window that ends \
            before it begins.";
    CriteriaTooLong 2810 "criteria-too-long" Error Body [cc] "The criteria are longer than 20,000 characters"
        => "Constant Contact: the decoded criteria string has more than 20,000 characters.",
        "The vendor answers 400. Long lists of values belong in a list, a tag or a custom field.";
    ValueBesideConst 2811 "value-beside-const" Error Clause [cc] "A value cannot stand beside a constant"
        => "Constant Contact: beside a `const_value` the `value` is absent or empty.",
        "The vendor answers 400: either the constant or the value was meant, and they select different \
            people.";
    ObjectUnexpected 2811 "object-unexpected" Error Clause [cm] "The verb takes no object"
        => "Campaign Monitor: something stands behind PROVIDED or NOT_PROVIDED, which take no object.",
        "Somebody meant EQUALS: as it stands, everybody with any value at all would get the mail.";
    TooManyCampaigns 2812 "too-many-campaigns" Error Body [cc] "More than 500 campaigns to evaluate"
        => "Constant Contact: more than 500 tracking rules, or more than 500 campaigns in a window.",
        "The vendor answers 400 when the segment is evaluated, which may be as late as when the mail \
            should go out.";
    TypeFieldMismatch 2820 "type-field-mismatch" Error Clause [el] "The field cannot be used with this segment type"
        => "EngageLab: type 1 takes `campaign` items only, type 0 any others.",
        "The vendor refuses the segment: fields and campaigns can't be asked in one; make two.";
    CampaignWord 2821 "campaign-word" Error Clause [el] "The campaign value must be sent, open, click, unopen, unclick or notsent"
        => "EngageLab: the value of a campaign item is one of six words.",
        "The vendor refuses the segment. The words aren't those of its reports: `open`, not `opened`.";
    TooManyItems 2822 "too-many-items" Error Body [el] "A condition holds at most 10 items"
        => "EngageLab: more than 10 items.",
        "The vendor refuses the segment; the items too many would have gone unasked.";
    RelationOrType 2823 "relation-or-type" Error Body [el] "relation only be and or or; type only be 0 (by field) or 1 (by campaign)"
        => "EngageLab: `relation` isn't `and` or `or`, or `type` isn't 0 or 1.",
        "The vendor refuses the segment: without the relation nobody knows whether one item is enough or \
            all must hold.";
    ItemCampaignId 2824 "item-campaign-id" Error Clause [el] "campaign_id must be an integer"
        => "EngageLab: a campaign item without a `campaign_id`, or with one that is no integer.",
        "The vendor refuses the segment: nobody knows which mail's opens and clicks are meant.";
    SegmentName 2825 "segment-name" Error Body [el] "The segment name is too long or holds special characters"
        => "EngageLab: `segment_name` has more than 48 characters, or one of ^ ? + . * \\ [ ] ( ).",
        "The vendor refuses the segment for its name alone.";
    CampaignNotRun 2826 "campaign-not-run" Error Clause [el] "The campaign must be in progress or completed"
        => "EngageLab: the account knows the campaign as neither in progress nor completed.",
        "The vendor refuses it, and without opens and clicks to look at, \"not opened\" would be \
            everybody.";
    JsonFault 2890 "json-fault" Error Body [cc cm el] "The supplied text is not valid JSON"
        => "The text departs from the JSON grammar, has a key twice, or isn't UTF-8.",
        "The vendor's endpoint can't read the body at all and answers an error about JSON, not about the \
            rules.";
    NoDialect 2890 "no-dialect" Error Body [cc cm el] "The supplied JSON is not segment criteria"
        => "The JSON has the shape of no dialect.",
        "Nothing was checked. Mostly another file was meant: a dump, or an answer that holds members.";
    WrongType 2891 "wrong-type" Error Clause [cc cm el] "A value has the wrong JSON type"
        => "A known key holds a value of another JSON type than it should.",
        "The vendor refuses the body, or worse, takes the value for absent and drops what it said.";

    UnknownKey 0 "unknown-key" Warning Clause [cc cm el] "The key is not one that the dialect has"
        => "The vendor would ignore the key, or refuse it; segkit ignores it.",
        "A misspelt key says nothing: a window or value under it is lost, and the segment selects other \
            people than its author read there.";
    FieldUnverified 0 "field-unverified" Warning Rule [cc] "The field could not be checked"
        => "Constant Contact: the field isn't a documented one, and no account file or dump was given to look it up in.",
        "A misspelt field reaches nobody, or with a negative everybody, and only the vendor would say so.";
    RedundantAnd 0 "redundant-and" Warning Body [cc] "An and group directly inside an and group changes nothing"
        => "The inner group can be dissolved into the outer one.",
        "Nobody is selected otherwise for it, but an inner group suggests a meaning that it hasn't.";
    VersionUnknown 0 "version-unknown" Warning Body [cc] "The criteria version is not 1.0.0"
        => "Only version \"1.0.0\" of Constant Contact's criteria is documented.",
        "The vendor may read another version otherwise, or refuse it.";
    BareDate 0 "bare-date" Warning Clause [cc] "A date without a time"
        => "Constant Contact documents date-times; a bare date is read as its midnight in the time zone asked for, also at the end of a range.",
        "As the end of a range, midnight leaves out the whole of that day: who was active on it doesn't \
            get the mail.";
    ListNegative 0 "list-ne-undocumented" Warning Clause [cc] "ne on list membership is not documented"
        => "Constant Contact's pages show only `eq` for lists; segkit reads `ne` as not being on the list.",
        "The vendor may refuse it, or read it otherwise: try it on a small segment before a mail depends \
            on it.";
    KeyUnused 0 "key-unused" Warning Clause [cc cm el] "The key has no meaning here"
        => "A known key that says nothing with this operator or constant.",
        "Whoever wrote it thought that it narrows the audience; it doesn't.";
    PartOnly 0 "part-only" Note Body [cc cm el] "Only a part of what the vendor's endpoint takes"
        => "The file holds a leaf, bare criteria or rules without their request body; it is read all the same.",
        "Sent like this to the endpoint that creates segments, it would be refused.";
    BeyondScreens 0 "beyond-screens" Note Clause [cc] "More than 5 last campaigns"
        => "Constant Contact's own screens can't show more than the last 5 campaigns.",
        "Colleagues who open the segment in the vendor's screens see another number, and may save that.";
    VerbUnverified 0 "unverified-verb" Note Clause [cm] "The verb is not on the vendor's page"
        => "Campaign Monitor never published its whole table of verbs; this one is taken to be right.",
        "If the vendor doesn't take it, creating the segment fails with an illegal verb; try it once \
            before relying on it.";
    FieldUntyped 0 "field-untyped" Note Rule [cm el] "The type of the field is not known"
        => "No account file gives the field's type, so it is guessed from the verb and the operand.",
        "Verbs and options can't be held against the field: what is wrong there only the vendor would \
            find.";
    CampaignIdShort 0 "campaign-id-short" Note Clause [cm] "A campaign id of 16 hexadecimal digits"
        => "Campaign Monitor's examples have such ids; real ones have 32 digits.",
        "The vendor asks for a fully formed id, and may refuse one of half the length.";

    TitleRepeated 0 "title-repeated" Warning Body [cc cm el] "Another segment of this run has the same title"
        => "The vendor takes a title once: the second of the two would be refused.",
        "Uploaded one after the other, the first is created and the second refused: half of the work is \
            done.";
    CampaignUnseen 0 "campaign-unseen" Warning Clause [cc cm el] "The campaign is not among those known"
        => "Neither the campaigns file nor the activities know a campaign with this id.",
        "A mistyped id has no opens and clicks: \"opened\" reaches nobody, \"not sent\" everybody.";
    ListUnseen 0 "list-unseen" Warning Clause [cc] "The list is not among those known"
        => "Neither the lists file nor the contacts know a list with this id or name.",
        "A mistyped id is a list without members: \"on it\" reaches nobody, \"not on it\" everybody.";
    TagUnseen 0 "tag-unseen" Warning Clause [cc el] "The tag is not among those known"
        => "Neither the tags file nor the contacts know a tag with this id or name.",
        "A mistyped tag is on nobody: \"tagged\" reaches nobody, \"not tagged\" everybody.";
    LinkUnseen 0 "link-unseen" Warning Clause [cm] "Nobody clicked this link in the campaign"
        => "The activities hold clicks of the campaign, but none on exactly this URL.",
        "URLs are compared to the letter; one with another ending or tracking part reaches nobody, or \
            with a negative all.";

    RulesContradict 0 "rules-contradict" Warning Body [cc cm el] "The rules cannot hold together"
        => "Rules joined by and exclude each other, so nobody, or only a contact with several values in the field, can pass.",
        "The vendor takes it without a word, and the mail reaches nobody. Mostly `or` was meant.";
    AlwaysHolds 0 "always-holds" Warning Body [cc cm el] "The rules hold for everybody"
        => "Rules joined by or leave nobody out, so the group changes nothing.",
        "The vendor takes it without a word, and the mail goes to everybody whom the group should have \
            sorted out.";
    RuleRepeated 0 "rule-repeated" Warning Body [cc cm el] "The rule stands there already"
        => "The same rule stands in the same group, or in another one that is joined by and, a second time.",
        "Harmless by itself, but mostly one of the two was meant to say something else after copying, and \
            it doesn't.";
    RuleUseless 0 "rule-useless" Warning Body [cc cm el] "The rule changes nothing beside another"
        => "Another rule of its or lets in everybody whom it lets in; or another of its and leaves out everybody whom it leaves out.",
        "The narrower rule was meant to matter and doesn't: the audience is that of the wider one alone.";
    WindowEmpty 0 "window-empty" Warning Clause [cc] "Nothing can lie in the window"
        => "The window begins after as-of, or is a single instant.",
        "The vendor takes it, and the mail reaches nobody; with a negative, possibly everybody.";
    NegativeOnMissing 0 "negative-on-missing" Warning Clause [cc cm el] "The negative also holds for contacts without a value"
        => "A negative test holds for every contact that has no value in the field; a note without contacts to count, a warning where most of them have none.",
        "\"Not in Ohio\" is also everybody whose state nobody knows: often most of the list.";

    ReadingWindow 0 "reading-window" Warning Clause [cc] "A window over campaigns can be read two ways"
        => "The window picks campaigns by when they were sent; with --window activity what was done must lie in it.",
        "Who opened an old campaign lately is in under one reading and out under the other.";
    ReadingNegatives 0 "reading-negatives" Warning Clause [cc] "A negative over several campaigns can be read two ways"
        => "Sent some of the campaigns and opened (clicked) none; with --negatives literal, some campaign sent and not opened (clicked).",
        "Under the literal reading, whoever missed one campaign of five counts as not having opened: far \
            more people.";
    ReadingSince 0 "reading-since" Warning Clause [cc] "A set of campaigns without a window looks back five years"
        => "The vendor says so for the last campaigns only; segkit reads `campaigns` alike.",
        "If the vendor looks back further, people who were last active before that are in as well.";
    ReadingClicks 0 "reading-clicks" Warning Clause [cc cm el] "A click without an open is no open"
        => "Mail programs that block pictures report clicks of mails that were never reported as opened; segkit counts them as not opened.",
        "A mail for people who did nothing may reach some who clicked: if they shouldn't get it, ask for \
            clicks too.";
    ReadingBounces 0 "reading-bounces" Warning Clause [el] "A bounced mail is not unopened"
        => "EngageLab's unopen leaves out contacts whose only send of the campaign bounced.",
        "If the vendor counts them, a reminder goes to addresses that bounced, which harms delivery.";
    ReadingEnds 0 "reading-ends" Warning Clause [cm] "A range includes both its ends"
        => "Campaign Monitor's page doesn't say whether BETWEEN includes its ends; segkit includes them.",
        "People exactly on either bound are in under one reading and out under the other.";
    ReadingCase 0 "reading-case" Warning Clause [el] "== and != compare to the letter"
        => "EngageLab's page doesn't say whether == ignores case; segkit doesn't.",
        "Values that differ in capitals only, such as `Gold` and `gold`, are in under one reading and out \
            under the other.";
}

impl Kind {
    fn row(self) -> &'static Row {
        // The rows stand in the order of the variants: one macro makes both.
        &Self::ROWS[self as usize]
    }

    /// The vendor's or segkit's number; 0 for findings that have a name only.
    pub fn code(self) -> u16 {
        self.row().code
    }

    /// The stable name.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// How much it weighs.
    pub fn severity(self) -> Severity {
        self.row().severity
    }

    /// Where the 277 answer carries it.
    pub fn level(self) -> Level {
        self.row().level
    }

    /// The short names of the dialects in which checking a file can raise it. None where only an
    /// operation on a stored segment can.
    pub fn dialects(self) -> &'static [&'static str] {
        self.row().dialects
    }

    /// The message of the 277 answer: the vendor's own where its page shows one.
    pub fn message(self) -> &'static str {
        self.row().message
    }

    /// What it means, in a sentence.
    pub fn explanation(self) -> &'static str {
        self.row().explanation
    }

    /// Why it matters: what the vendor would do, or whom the mail would reach wrongly.
    pub fn why(self) -> &'static str {
        self.row().why
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_and_kebab_case() {
        let mut seen = std::collections::BTreeSet::new();
        for kind in Kind::ALL {
            let name = kind.name();
            assert!(seen.insert(name), "{name} twice");
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{name}");
        }
    }

    #[test]
    fn rows_belong_to_their_kinds() {
        for (at, kind) in Kind::ALL.iter().enumerate() {
            assert_eq!(*kind as usize, at, "{}", kind.name());
        }
        assert_eq!(Kind::ALL.len(), Kind::ROWS.len());
        assert_eq!(Kind::ReadingCase.name(), "reading-case");
    }

    #[test]
    fn texts_are_sentences() {
        for kind in Kind::ALL {
            for text in [kind.explanation(), kind.why()] {
                assert!(text.ends_with('.') && !text.contains("  "), "{}: {text}", kind.name());
            }
            assert!(!kind.message().ends_with('.'), "{}", kind.name());
        }
    }

    #[test]
    fn only_errors_have_codes() {
        for kind in Kind::ALL {
            assert_eq!(kind.code() != 0, kind.severity() == Severity::Error, "{}", kind.name());
        }
    }
}
