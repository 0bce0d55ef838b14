//! A plan as a calendar other programs read.
//!
//! Source: RFC 5545 (iCalendar): lines end in CRLF, are folded at 75 octets, and the end of an all-day event is the day
//! after its last.

use jc_base::Date;

/// One thing planned, over whole days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Unlike that of any other event, and the same each time the plan is given out.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Why, in a sentence.
    pub about: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

/// The calendar's text. `stamp` is the day it is given out.
pub fn calendar(name: &str, stamp: Date, events: &[Event]) -> String {
    let mut text = String::new();
    let mut line = |content: String| fold(&content, &mut text);
    line("BEGIN:VCALENDAR".into());
    line("VERSION:2.0".into());
    line("PRODID:-//Jiangce//Growth//ZH".into());
    line(format!("X-WR-CALNAME:{}", escaped(name)));
    for event in events {
        line("BEGIN:VEVENT".into());
        line(format!("UID:{}", escaped(&event.id)));
        line(format!("DTSTAMP:{}T000000Z", digits(stamp)));
        line(format!("DTSTART;VALUE=DATE:{}", digits(event.from)));
        line(format!("DTEND;VALUE=DATE:{}", digits(event.until.plus_days(1))));
        line(format!("SUMMARY:{}", escaped(&event.title)));
        if !event.about.is_empty() {
            line(format!("DESCRIPTION:{}", escaped(&event.about)));
        }
        line("TRANSP:TRANSPARENT".into());
        line("END:VEVENT".into());
    }
    line("END:VCALENDAR".into());
    text
}

fn digits(date: Date) -> String {
    date.to_string().replace('-', "")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Ends a line after at most 75 octets and goes on in the next, never within a character.
fn fold(content: &str, text: &mut String) {
    let mut room = 75;
    for c in content.chars() {
        if c.len_utf8() > room {
            text.push_str("\r\n ");
            room = 74;
        }
        text.push(c);
        room -= c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::{Event, calendar};
    use jc_base::Date;

    #[test]
    fn a_plan_is_a_calendar() {
        let day = |month, day| Date::new(2026, month, day).expect("a day");
        let event = Event {
            id: "plan-1@jiangce".into(),
            title: "工作页设计，第一期".into(),
            about: "补上「教学资源开发与应用」0.5 级; 见规划".into(),
            from: day(3, 30),
            until: day(3, 31),
        };
        let text = calendar("研修方案", day(1, 5), &[event]);
        let unfolded = text.replace("\r\n ", "");
        let expect = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Jiangce//Growth//ZH\r\nX-WR-CALNAME:研修方案\r\n\
            BEGIN:VEVENT\r\nUID:plan-1@jiangce\r\nDTSTAMP:20260105T000000Z\r\nDTSTART;VALUE=DATE:20260330\r\n\
            DTEND;VALUE=DATE:20260401\r\nSUMMARY:工作页设计，第一期\r\n\
            DESCRIPTION:补上「教学资源开发与应用」0.5 级\\; 见规划\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n\
            END:VCALENDAR\r\n";
        assert_eq!(unfolded, expect);
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    }
}
