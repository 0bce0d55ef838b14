//! The figures of party work, culture and work with schools abroad.

/// What each indicator gives for 2024, whatever the seed.
pub const FIGURES_2024: &[(&str, &str)] = &[
    ("theme-day-count", "10"),
    ("vanguard-post-count", "79"),
    ("vanguard-field-count", "6"),
    ("mentored-student-count", "326"),
    ("party-branch-count", "6"),
    // Six branches, twenty-one meetings each; four of them were not held.
    ("party-meeting-count", "122"),
    ("party-meeting-short-count", "0"),
    ("coined-programme-count", "6"),
    ("coined-programme-part-count", "30"),
    ("growth-path-stage-count", "5"),
    ("party-project-recognised-count", "2"),
    ("culture-festival-count", "4"),
    ("culture-event-count", "10"),
    ("club-count", "14"),
    ("arts-sports-team-place", "3"),
    ("platform-kind-count", "2"),
    ("platform-count", "3"),
    ("training-agreement-count", "6"),
    ("partner-school-count", "2"),
    ("exchange-programme-count", "2"),
    ("exchange-student-count", "2"),
    ("exchange-person-days", "42"),
    ("exchange-days-per-stay", "21"),
    ("international-visit-count", "3"),
    ("international-visitor-times", "63"),
    ("recognised-programme-count", "1"),
    ("adapted-standard-count", "3"),
    ("exam-applied-times", "95"),
    ("exam-admission-rate", "97.9 = 92/94"),
];

/// Indicators whose value depends on the seed, and the one that only a paper by somebody else could give.
pub const VARYING: &[&str] = &[
    "club-member-times",
    "mentor-count",
    "mentoring-contact-count",
    "mentoring-contacted-pair-count",
    "party-activity-participants",
    "party-meeting-attendance",
    "province-first-count",
    "volunteer-activity-count",
    "volunteer-activity-recorded-share",
];
