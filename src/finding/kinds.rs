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

macro_rules! kinds {
    ($($variant:ident $code:literal $name:literal $severity:ident $level:ident $message:literal
       => $explanation:literal;)*) => {
        /// What kind of finding it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $(#[doc = $explanation] $variant),* }

        impl Kind {
            /// Every kind, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn row(self) -> (u16, &'static str, Severity, Level, &'static str, &'static str) {
                match self {
                    $(Self::$variant =>
                        ($code, $name, Severity::$severity, Level::$level, $message, $explanation)),*
                }
            }
        }
    };
}

kinds! {
    SegmentUnknown 271 "segment-unknown" Error Body "Invalid SegmentID or the Segment doesn't exist"
        => "An operation names a stored segment that isn't there.";
    SegmentHasCampaigns 272 "segment-has-campaigns" Error Body "A segment attached to unsent campaign drafts cannot be deleted"
        => "An unsent campaign still names the segment.";
    TitleEmpty 273 "title-empty" Error Body "The segment title cannot be empty"
        => "The title or name is absent, empty or only white space.";
    TitleInUse 275 "title-in-use" Error Body "The segment title must be unique"
        => "Another segment of the list (Campaign Monitor) or account has this title.";
    RulesHaveProblems 277 "rules-have-problems" Error Body "The supplied segment rules have some problems"
        => "At least one rule has a problem; the answer's code where nothing else is wrong with the whole.";
    CalculationInProgress 278 "calculation-in-progress" Error Body "Segment calculation is in progress. Please try again later"
        => "The stored segment is being calculated.";
    LimitReached 283 "limit-reached" Error Body "Segment limits reached"
        => "The account holds as many segments or rules as it may.";
    SystemSegment 284 "system-segment" Error Body "This is a system segment and it cannot be modified"
        => "The stored segment is the vendor's own.";

    ClausesHaveProblems 2703 "clauses-have-problems" Error Rule "The supplied clauses have some problems"
        => "The rule's clause has a problem; the clause's own code says which.";
    RuleTypeEmpty 2704 "rule-type-empty" Error Rule "RuleType cannot be empty"
        => "The rule doesn't say what it is about: no RuleType, source, field or field_name.";
    RuleTypeUnknown 2705 "rule-type-unknown" Error Rule "RuleType must be one of Name|EmailAddress|DateSubscribed|Campaign(Opened(NoClick)?|Clicked(Any|Specific)|NotOpened) or a valid custom field personalisation tag"
        => "Campaign Monitor: the RuleType is neither built in (its spelling is exact) nor a custom field of the account.";
    FieldUnknown 2705 "field-unknown" Error Rule "The field is not one of the account's fields"
        => "Constant Contact, EngageLab: the source or field is none that the dialect or the account knows.";
    ClauseMissing 2706 "clause-missing" Error Rule "Any segment rule must have at least one clause"
        => "The rule has no clause at all.";
    ClauseEmpty 2710 "clause-empty" Error Clause "A clause cannot be empty"
        => "The clause is empty or only white space.";
    VerbIllegalName 2712 "illegal-verb-name" Error Clause "Verb is illegal for Name-based rules"
        => "The verb can't be used with Name.";
    VerbIllegalEmail 2713 "illegal-verb-email" Error Clause "Verb is illegal for Email-based rules"
        => "The verb can't be used with EmailAddress.";
    VerbIllegalDateSubscribed 2714 "illegal-verb-date-subscribed" Error Clause "Verb is illegal for DateSubscribed-based rules"
        => "The verb can't be used with DateSubscribed.";
    VerbIllegalText 2715 "illegal-verb-text" Error Clause "Verb is illegal for rules based on a Text custom field"
        => "The verb or operator can't be used with a text field.";
    VerbIllegalNumber 2716 "illegal-verb-number" Error Clause "Verb is illegal for rules based on a Number custom field"
        => "The verb or operator can't be used with a number field.";
    VerbIllegalOption 2717 "illegal-verb-multi-option" Error Clause "Verb is illegal for rules based on a Multi-Option custom field"
        => "The verb or operator can't be used with a field of options.";
    VerbIllegalDate 2718 "illegal-verb-date" Error Clause "Verb is illegal for rules based on a Date custom field"
        => "The verb or operator can't be used with a date field.";
    ObjectMissing 2719 "object-missing" Error Clause "The verb requires a matching object to be part of the clause"
        => "The verb or operator needs an operand and there is none. White space only counts as none.";
    DateFormat 2720 "date-format" Error Clause "Dates must be supplied in the required format"
        => "The operand is no date of the form that the dialect wants, or no day of the calendar.";
    NumberFormat 2721 "number-format" Error Clause "Objects supplied in a number-based clause must be parsable as a number"
        => "The operand is no decimal number.";
    OptionUnknown 2722 "option-unknown" Error Clause "The object supplied is not a valid option of the field"
        => "The field has a list of options, and the operand isn't among them.";
    YearOutOfRange 2723 "date-subscribed-year" Error Clause "Dates in a DateSubscribed-based clause can only be from the last ten years"
        => "The year of a DateSubscribed operand isn't among the ten that end with the as-of year.";
    CampaignId 2750 "campaign-id" Error Clause "Rule requires a valid API CampaignID"
        => "The clause must be a campaign id: 32 hexadecimal digits.";
    CampaignNotSentToList 2751 "campaign-not-sent-to-list" Error Clause "The campaign has never been sent to this list or any segment of it"
        => "The account knows where the campaign was sent, and it wasn't this list.";
    LinkNotInCampaign 2753 "link-not-in-campaign" Error Clause "The URL given was not a clickable link in the campaign"
        => "The account knows the campaign's links, and this isn't one.";
    ClauseNotParsed 2754 "clause-not-parsed" Error Clause "Clause not parsed due to invalid RuleType"
        => "The clause wasn't looked at, since the rule's subject is unknown.";
    DateRange 2755 "date-range" Error Clause "Between date range must be in the format 'YYYY-MM-DD AND YYYY-MM-DD'"
        => "The range lacks one of its two dates, lacks AND in capitals, or its start lies after its end.";
    NumberRange 2756 "number-range" Error Clause "Between number range must be in the format 'X AND Y'"
        => "The range lacks one of its two numbers, lacks AND in capitals, or its start lies above its end.";
    VerbIllegalLocation 2757 "illegal-verb-location" Error Clause "Verb is illegal for Location-based rules"
        => "The verb can't be used with Location.";
    LocationOperand 2758 "location-operand" Error Clause "The operand supplied is illegal for a Location-based rule"
        => "The operand has no letter, so it is no country, code, region or city.";

    TopNotAnd 2801 "top-not-and" Error Body "The criteria must begin with an and group"
        => "Constant Contact: the outermost group is missing or isn't `and`.";
    GroupType 2801 "group-type" Error Body "A group must be of type and or or"
        => "Constant Contact: a group has no type, or another than `and` and `or`.";
    OrMixesSources 2802 "or-mixes-sources" Error Rule "An or group cannot join different sources"
        => "Constant Contact: different sources are joined by `and` only.";
    GroupInOr 2803 "group-in-or" Error Rule "A group cannot stand inside an or group"
        => "Constant Contact: an `or` group holds rules only.";
    JoinedByAnd 2804 "lists-joined-by-and" Error Rule "List memberships, and tags, cannot be joined by and"
        => "Constant Contact: only one part of the criteria may speak of lists, and only one of tags.";
    GroupEmpty 2805 "group-empty" Error Body "A group has no rules"
        => "Constant Contact: an empty group. Campaign Monitor: a rule group without rules. EngageLab: no items.";
    OperatorUnknown 2806 "operator-unknown" Error Clause "The operator is unknown or cannot be used with this source"
        => "The operator is missing, or is none that the source has.";
    ConstUnknown 2807 "const-unknown" Error Clause "The constant is unknown or cannot be used with this operator"
        => "Constant Contact: `const_value` or `const_date_value` isn't one that goes with this source and operator.";
    CountOutOfRange 2808 "count-out-of-range" Error Clause "The count must be an integer in its range"
        => "Constant Contact: a number of campaigns is an integer from 1 to 500, a number of days one from 1 to 1825.";
    WindowIllegal 2809 "window-illegal" Error Clause "The date range is reversed or too long"
        => "Constant Contact: the window's start lies after its end, or a tracking window is longer than 1825 days.";
    CriteriaTooLong 2810 "criteria-too-long" Error Body "The criteria are longer than 20,000 characters"
        => "Constant Contact: the decoded criteria string has more than 20,000 characters.";
    ValueBesideConst 2811 "value-beside-const" Error Clause "A value cannot stand beside a constant"
        => "Constant Contact: beside a `const_value` the `value` is absent or empty.";
    ObjectUnexpected 2811 "object-unexpected" Error Clause "The verb takes no object"
        => "Campaign Monitor: something stands behind PROVIDED or NOT_PROVIDED, which take no object.";
    TooManyCampaigns 2812 "too-many-campaigns" Error Body "More than 500 campaigns to evaluate"
        => "Constant Contact: more than 500 tracking rules, or more than 500 campaigns in a window.";
    TypeFieldMismatch 2820 "type-field-mismatch" Error Clause "The field cannot be used with this segment type"
        => "EngageLab: type 1 takes `campaign` items only, type 0 any others.";
    CampaignWord 2821 "campaign-word" Error Clause "The campaign value must be sent, open, click, unopen, unclick or notsent"
        => "EngageLab: the value of a campaign item is one of six words.";
    TooManyItems 2822 "too-many-items" Error Body "A condition holds at most 10 items"
        => "EngageLab: more than 10 items.";
    RelationOrType 2823 "relation-or-type" Error Body "relation only be and or or; type only be 0 (by field) or 1 (by campaign)"
        => "EngageLab: `relation` isn't `and` or `or`, or `type` isn't 0 or 1.";
    ItemCampaignId 2824 "item-campaign-id" Error Clause "campaign_id must be an integer"
        => "EngageLab: a campaign item without a `campaign_id`, or with one that is no integer.";
    SegmentName 2825 "segment-name" Error Body "The segment name is too long or holds special characters"
        => "EngageLab: `segment_name` has more than 48 characters, or one of ^ ? + . * \\ [ ] ( ).";
    CampaignNotRun 2826 "campaign-not-run" Error Clause "The campaign must be in progress or completed"
        => "EngageLab: the account knows the campaign as neither in progress nor completed.";
    JsonFault 2890 "json-fault" Error Body "The supplied text is not valid JSON"
        => "The text departs from the JSON grammar, has a key twice, or isn't UTF-8.";
    NoDialect 2890 "no-dialect" Error Body "The supplied JSON is not segment criteria"
        => "The JSON has the shape of no dialect.";
    WrongType 2891 "wrong-type" Error Clause "A value has the wrong JSON type"
        => "A known key holds a value of another JSON type than it should.";

    UnknownKey 0 "unknown-key" Warning Clause "The key is not one that the dialect has"
        => "The vendor would ignore the key, or refuse it; segkit ignores it.";
    FieldUnverified 0 "field-unverified" Warning Rule "The field could not be checked"
        => "Constant Contact: the field isn't a documented one, and no account file or dump was given to look it up in.";
    RedundantAnd 0 "redundant-and" Warning Body "An and group directly inside an and group changes nothing"
        => "The inner group can be dissolved into the outer one.";
    VersionUnknown 0 "version-unknown" Warning Body "The criteria version is not 1.0.0"
        => "Only version \"1.0.0\" of Constant Contact's criteria is documented.";
    BareDate 0 "bare-date" Warning Clause "A date without a time"
        => "Constant Contact documents date-times; a bare date is read as its midnight in the time zone asked for, also at the end of a range.";
    ListNegative 0 "list-ne-undocumented" Warning Clause "ne on list membership is not documented"
        => "Constant Contact's pages show only `eq` for lists; segkit reads `ne` as not being on the list.";
    KeyUnused 0 "key-unused" Warning Clause "The key has no meaning here"
        => "A known key that says nothing with this operator or constant.";
    PartOnly 0 "part-only" Note Body "Only a part of what the vendor's endpoint takes"
        => "The file holds a leaf, bare criteria or rules without their request body; it is read all the same.";
    BeyondScreens 0 "beyond-screens" Note Clause "More than 5 last campaigns"
        => "Constant Contact's own screens can't show more than the last 5 campaigns.";
    VerbUnverified 0 "unverified-verb" Note Clause "The verb is not on the vendor's page"
        => "Campaign Monitor never published its whole table of verbs; this one is taken to be right.";
    FieldUntyped 0 "field-untyped" Note Rule "The type of the field is not known"
        => "No account file gives the field's type, so it is guessed from the verb and the operand.";
    CampaignIdShort 0 "campaign-id-short" Note Clause "A campaign id of 16 hexadecimal digits"
        => "Campaign Monitor's examples have such ids; real ones have 32 digits.";

    TitleRepeated 0 "title-repeated" Warning Body "Another segment of this run has the same title"
        => "The vendor takes a title once: the second of the two would be refused.";
    CampaignUnseen 0 "campaign-unseen" Warning Clause "The campaign is not among those known"
        => "Neither the campaigns file nor the activities know a campaign with this id.";
    ListUnseen 0 "list-unseen" Warning Clause "The list is not among those known"
        => "Neither the lists file nor the contacts know a list with this id or name.";
    TagUnseen 0 "tag-unseen" Warning Clause "The tag is not among those known"
        => "Neither the tags file nor the contacts know a tag with this id or name.";
    LinkUnseen 0 "link-unseen" Warning Clause "Nobody clicked this link in the campaign"
        => "The activities hold clicks of the campaign, but none on exactly this URL.";

    RulesContradict 0 "rules-contradict" Warning Body "The rules cannot hold together"
        => "Rules joined by and exclude each other, so nobody, or only a contact with several values in the field, can pass.";
    AlwaysHolds 0 "always-holds" Warning Body "The rules hold for everybody"
        => "Rules joined by or leave nobody out, so the group changes nothing.";
    RuleRepeated 0 "rule-repeated" Warning Body "The rule stands there already"
        => "The same rule stands in the same group, or in another one that is joined by and, a second time.";
    RuleUseless 0 "rule-useless" Warning Body "The rule changes nothing beside another"
        => "Another rule of its or lets in everybody whom it lets in; or another of its and leaves out everybody whom it leaves out.";
    WindowEmpty 0 "window-empty" Warning Clause "Nothing can lie in the window"
        => "The window begins after as-of, or is a single instant.";
    NegativeOnMissing 0 "negative-on-missing" Warning Clause "The negative also holds for contacts without a value"
        => "A negative test holds for every contact that has no value in the field; a note without contacts to count, a warning where most of them have none.";

    ReadingWindow 0 "reading-window" Warning Clause "A window over campaigns can be read two ways"
        => "The window picks campaigns by when they were sent; with --window activity what was done must lie in it.";
    ReadingNegatives 0 "reading-negatives" Warning Clause "A negative over several campaigns can be read two ways"
        => "Sent some of the campaigns and opened (clicked) none; with --negatives literal, some campaign sent and not opened (clicked).";
    ReadingSince 0 "reading-since" Warning Clause "A set of campaigns without a window looks back five years"
        => "The vendor says so for the last campaigns only; segkit reads `campaigns` alike.";
    ReadingClicks 0 "reading-clicks" Warning Clause "A click without an open is no open"
        => "Mail programs that block pictures report clicks of mails that were never reported as opened; segkit counts them as not opened.";
    ReadingBounces 0 "reading-bounces" Warning Clause "A bounced mail is not unopened"
        => "EngageLab's unopen leaves out contacts whose only send of the campaign bounced.";
    ReadingEnds 0 "reading-ends" Warning Clause "A range includes both its ends"
        => "Campaign Monitor's page doesn't say whether BETWEEN includes its ends; segkit includes them.";
    ReadingCase 0 "reading-case" Warning Clause "== and != compare to the letter"
        => "EngageLab's page doesn't say whether == ignores case; segkit doesn't.";
}

impl Kind {
    /// The vendor's or segkit's number; 0 for findings that have a name only.
    pub fn code(self) -> u16 {
        self.row().0
    }

    /// The stable name.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// How much it weighs.
    pub fn severity(self) -> Severity {
        self.row().2
    }

    /// Where the 277 answer carries it.
    pub fn level(self) -> Level {
        self.row().3
    }

    /// The message of the 277 answer: the vendor's own where its page shows one.
    pub fn message(self) -> &'static str {
        self.row().4
    }

    /// What it means, in a sentence.
    pub fn explanation(self) -> &'static str {
        self.row().5
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
    fn only_errors_have_codes() {
        for kind in Kind::ALL {
            assert_eq!(kind.code() != 0, kind.severity() == Severity::Error, "{}", kind.name());
        }
    }
}
