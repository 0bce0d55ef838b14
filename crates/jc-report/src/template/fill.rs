//! A template and answers become a document.

use super::answers::{Answers, Given, Part};
use super::exhibit::{Exhibit, Kind};
use super::form::{Form, difference, trimmed};
use super::line::{Node, Slot, Test, Word, register};
use super::{Block, Template, small};
use crate::chart::{Chart, Look, Point, Series};
use crate::model::{self, Column, Document, Entry, Head, Inline, Labels, Shown, Table};
use crate::profile::Profile;
use crate::trace;
use jc_base::{Date, Lang};
use jc_catalog::model::Field;
use jc_catalog::{Catalog, kinds};
use jc_figures::{Figure, FigureValue};
use std::collections::HashMap;

/// What a report is made for.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Whose it is.
    pub school: String,
    /// Whether its data is invented.
    pub synthetic: bool,
    /// The year.
    pub year: i32,
    /// As of when.
    pub made_on: Date,
    /// For whom.
    pub profile: Profile,
    /// The profile in words.
    pub profile_name: String,
    /// Digest of the catalog.
    pub catalog_digest: String,
    /// Where codes are looked up; may be empty.
    pub address: String,
    /// The writers' words.
    pub labels: Labels,
    /// `增减`, `（无上年数据）`: words of tables.
    pub change: String,
    /// How a part without a name is called.
    pub nameless: String,
}

/// Fills a template.
///
/// Shape: chapters, blocks and slots in the template's order; the same input gives the same document.
/// Missing: a slot without value becomes a visible gap that names the indicator.
pub fn fill(template: &Template, catalog: &Catalog, answers: &Answers, setting: &Setting) -> Document {
    let mut filler = Filler {
        catalog,
        answers,
        setting,
        lang: template.lang,
        entries: Vec::new(),
        known: HashMap::new(),
        shown: Vec::new(),
        tables: 0,
        charts: 0,
        chapter: 0,
    };
    let plain = |filler: &mut Filler<'_>, nodes: &[Node]| {
        let line = filler.line(nodes, None);
        filler.words(&line)
    };
    let title = plain(&mut filler, &template.title);
    let subtitle = plain(&mut filler, &template.subtitle);
    filler.shown.clear();
    let mut chapters = Vec::new();
    for (number, chapter) in template.chapters.iter().enumerate() {
        filler.chapter = number;
        let heading = filler.line(&chapter.title, None);
        let mut blocks = Vec::new();
        for block in &chapter.blocks {
            filler.block(block, &mut blocks);
        }
        let title = filler.words(&heading);
        chapters.push(model::Chapter { id: chapter.id.clone(), title, code: String::new(), blocks });
    }
    let mut document = Document {
        head: Head {
            code: String::new(),
            template: template.id.clone(),
            title,
            subtitle,
            school: setting.school.clone(),
            synthetic: setting.synthetic,
            lang: template.lang,
            year: setting.year,
            made_on: setting.made_on,
            profile: setting.profile.code().to_owned(),
            profile_name: setting.profile_name.clone(),
            catalog: setting.catalog_digest.clone(),
            address: setting.address.clone(),
            taken: String::new(),
            log: String::new(),
        },
        labels: setting.labels.clone(),
        chapters,
        entries: filler.entries,
        shown: filler.shown,
        sheets: Vec::new(),
    };
    trace::name(&mut document);
    document
}

/// The part a repetition is at.
#[derive(Clone, Copy)]
struct Around<'p> {
    indicator: &'p str,
    part: Option<(&'p str, &'p Part)>,
}

struct Filler<'a> {
    catalog: &'a Catalog,
    answers: &'a Answers,
    setting: &'a Setting,
    lang: Lang,
    entries: Vec<Entry>,
    known: HashMap<String, usize>,
    shown: Vec<Shown>,
    tables: usize,
    charts: usize,
    chapter: usize,
}

impl<'a> Filler<'a> {
    fn block(&mut self, block: &Block, into: &mut Vec<model::Block>) {
        match block {
            Block::Heading(line) => into.push(model::Block::Heading(self.line(line, None))),
            Block::Paragraph(line) => into.push(model::Block::Paragraph(self.line(line, None))),
            Block::Item(line) => into.push(model::Block::Item(self.line(line, None))),
            Block::Exhibit(exhibit) => {
                let block = match exhibit.kind {
                    Kind::Table => self.table(exhibit),
                    Kind::Split => self.split(exhibit),
                    Kind::Records => self.records(exhibit),
                    Kind::Chart(look) => self.chart(exhibit, look),
                };
                into.push(block);
            }
        }
    }

    fn words(&self, line: &[Inline]) -> String {
        let piece = |inline: &Inline| match inline {
            Inline::Text(text) => text.clone(),
            Inline::Figure(at) => self.shown[*at].text.clone(),
            Inline::Gap(what) => format!("【{what}】"),
        };
        line.iter().map(piece).collect()
    }

    fn line(&mut self, nodes: &[Node], around: Option<Around<'_>>) -> Vec<Inline> {
        let mut line: Vec<Inline> = Vec::new();
        for node in nodes {
            match node {
                Node::Text(text) => push(&mut line, Inline::Text(text.clone())),
                Node::Word(word) => {
                    let text = match word {
                        Word::School => self.setting.school.clone(),
                        Word::Year => self.setting.year.to_string(),
                        Word::LastYear => (self.setting.year - 1).to_string(),
                        Word::Name => around.and_then(|a| a.part).map_or_else(String::new, |(_, p)| self.part_name(p)),
                    };
                    push(&mut line, Inline::Text(text));
                }
                Node::Slot(slot) => {
                    let inline = self.slot(slot, around);
                    push(&mut line, inline);
                }
                Node::Choice { slot, test, texts } => {
                    let which = self.choose(slot, *test, around);
                    let own = slot.indicator.as_deref().or(around.map(|a| a.indicator));
                    let inner = own.map(|indicator| Around {
                        indicator,
                        part: match &slot.part {
                            Some((slice, value)) => self.part(indicator, slice, value, 0).map(|p| (slice.as_str(), p)),
                            None => around.and_then(|a| a.part),
                        },
                    });
                    if let Some(text) = texts.get(which) {
                        for inline in self.line(text, inner) {
                            push(&mut line, inline);
                        }
                    }
                }
                Node::Each { top, slice, indicator, text, between } => {
                    let parts = self.answers.parts(indicator, slice, 0);
                    let hidden = small::hidden(parts, self.setting.profile.smallest());
                    let mut shown: Vec<&Part> =
                        parts.iter().zip(&hidden).filter(|(_, hidden)| !**hidden).map(|(part, _)| part).collect();
                    if let Some(top) = top {
                        shown.sort_by_key(|part| std::cmp::Reverse(order(&part.given.figure)));
                        shown.truncate(*top);
                    }
                    for (at, part) in shown.into_iter().enumerate() {
                        if at > 0 {
                            push(&mut line, Inline::Text(between.clone()));
                        }
                        let around = Around { indicator, part: Some((slice, part)) };
                        for inline in self.line(text, Some(around)) {
                            push(&mut line, inline);
                        }
                    }
                }
            }
        }
        line
    }

    fn part(&self, indicator: &str, slice: &str, value: &str, back: u8) -> Option<&'a Part> {
        self.answers.parts(indicator, slice, back).iter().find(|part| part.value == value)
    }

    /// The figure a slot means, this year's and that before, and the part it is of.
    fn meant(&self, slot: &Slot, around: Option<Around<'_>>) -> Option<Meant<'a>> {
        let indicator = slot.indicator.as_deref().or(around.map(|a| a.indicator))?;
        let part = match &slot.part {
            Some((slice, value)) => Some((slice.clone(), value.clone())),
            None => around.and_then(|a| a.part).map(|(slice, part)| (slice.to_owned(), part.value.clone())),
        };
        let found = |back: u8| match &part {
            None => self.answers.whole(indicator, back).map(|given| (given, String::new())),
            Some((slice, value)) => {
                self.part(indicator, slice, value, back).map(|part| (&part.given, self.part_name(part)))
            }
        };
        Some(Meant { indicator: indicator.to_owned(), now: found(0), before: found(1) })
    }

    fn slot(&mut self, slot: &Slot, around: Option<Around<'_>>) -> Inline {
        let Some(meant) = self.meant(slot, around) else { return Inline::Gap(self.setting.labels.missing.clone()) };
        let name = self.name(&meant.indicator);
        let gap = || Inline::Gap(format!("{name}：{}", self.setting.labels.missing));
        let Some((now, part)) = meant.now else { return gap() };
        let before = meant.before.as_ref().map(|(given, _)| &given.figure);
        let unit = self.unit(&now.figure);
        let Some(text) = slot.form.write(self.lang, &now.figure, before, &unit) else { return gap() };
        let entry = self.entry(now, &part);
        let against = match &meant.before {
            Some((given, part)) if slot.form.compares() => Some(self.entry(given, part)),
            _ => None,
        };
        self.show(entry, against, slot.form, text)
    }

    fn show(&mut self, entry: usize, against: Option<usize>, form: Form, text: String) -> Inline {
        self.shown.push(Shown { entry, against, form: form.code(), text, chapter: self.chapter });
        Inline::Figure(self.shown.len() - 1)
    }

    fn choose(&self, slot: &Slot, test: Test, around: Option<Around<'_>>) -> usize {
        let meant = self.meant(slot, around);
        let now = meant.as_ref().and_then(|m| m.now.as_ref()).map(|(given, _)| &given.figure);
        let before = meant.as_ref().and_then(|m| m.before.as_ref()).map(|(given, _)| &given.figure);
        match test {
            Test::Some => {
                let some = now.is_some_and(|f| matches!(f.value, FigureValue::Known(value) if value.num() > 0));
                usize::from(!some)
            }
            Test::Change => match now.zip(before).and_then(|(now, before)| difference(now, before)) {
                Some((1, _)) => 0,
                Some((-1, _)) => 1,
                Some(_) => 2,
                None => 3,
            },
        }
    }

    fn name(&self, indicator: &str) -> String {
        let found = self.catalog.find_indicator(indicator);
        found.map_or_else(String::new, |(r, i)| self.catalog.registers[r].indicators[i].name.get(self.lang).to_owned())
    }

    fn part_name(&self, part: &Part) -> String {
        if part.label.is_empty() { self.setting.nameless.clone() } else { part.label.clone() }
    }

    fn unit(&self, figure: &Figure) -> String {
        let known = self.catalog.units.units.iter().find(|u| u.id == figure.unit);
        known.map_or_else(String::new, |u| u.name.get(self.lang).to_owned())
    }

    /// The entry of a figure, made at first need.
    fn entry(&mut self, given: &Given, part: &str) -> usize {
        let figure = &given.figure;
        let mut id = format!("{}@{}", figure.indicator, figure.page);
        if let Some((slice, value)) = &figure.slice {
            id.push_str(&format!("/{slice}={value}"));
        }
        if let Some(at) = self.known.get(&id) {
            return *at;
        }
        let register = register(self.catalog, figure.indicator.as_str());
        let declared = register.and_then(|r| r.indicators.iter().find(|i| i.id == figure.indicator));
        let source = declared.map_or_else(String::new, |i| {
            [i.source.document.as_str(), i.source.clause.as_str()]
                .iter()
                .filter(|s| !s.is_empty())
                .copied()
                .collect::<Vec<_>>()
                .join(" ")
        });
        self.entries.push(Entry {
            indicator: figure.indicator.to_string(),
            name: declared.map_or_else(String::new, |i| i.name.get(self.lang).to_owned()),
            part: part.to_owned(),
            period: match figure.page {
                jc_figures::Page::Of(period) => period.label(self.lang),
                jc_figures::Page::All => self.setting.made_on.to_string(),
            },
            value: match figure.value {
                FigureValue::Known(value) => Some(value),
                FigureValue::Missing(_) => None,
            },
            printed: figure.printed(),
            numerator: figure.numerator,
            denominator: figure.denominator,
            unit: self.unit(figure),
            decimals: figure.decimals,
            definition: declared.map_or_else(String::new, |i| i.about.get(self.lang).to_owned()),
            source,
            records: [figure.verified, figure.pending],
            version: given.version,
            digest: given.digest.clone(),
            seal: given.seal.clone(),
            withheld: self.withheld(figure),
            id: id.clone(),
        });
        self.known.insert(id, self.entries.len() - 1);
        self.entries.len() - 1
    }

    /// Whether the public is not told of a part, whoever the report is for.
    fn withheld(&self, figure: &Figure) -> bool {
        let Some((slice, value)) = &figure.slice else { return false };
        let asked = [0, 1].map(|back| self.answers.parts(figure.indicator.as_str(), slice, back));
        asked.into_iter().any(|parts| {
            let own = parts.iter().position(|p| p.value == *value && p.given.figure.page == figure.page);
            let hidden = || small::hidden(parts, Profile::Public.smallest());
            own.is_some_and(|at| parts[at].personal || hidden()[at])
        })
    }

    /// A figure in a table: grouped in threes, a share with its fraction.
    fn cell(&mut self, given: Option<(&Given, &str)>, fraction: bool) -> Vec<Inline> {
        let missing = vec![Inline::Gap(self.setting.labels.missing.clone())];
        let Some((given, part)) = given else { return missing };
        let figure = &given.figure;
        let Some(printed) = figure.printed() else { return missing };
        let entry = self.entry(given, part);
        let mut cell = vec![self.show(entry, None, Form::Value, grouped(&printed))];
        let unit = self.unit(figure);
        if fraction
            && figure.denominator.is_some()
            && let Some(text) = Form::Fraction.write(self.lang, figure, None, &unit)
        {
            cell.push(Inline::Text("（".to_owned()));
            cell.push(self.show(entry, None, Form::Fraction, text));
            cell.push(Inline::Text("）".to_owned()));
        }
        cell
    }

    fn change_cell(&mut self, now: Option<&Given>, before: Option<&Given>) -> Vec<Inline> {
        let nothing = vec![Inline::Text("—".to_owned())];
        let Some((now, before)) = now.zip(before) else { return nothing };
        let Some((direction, size)) = difference(&now.figure, &before.figure) else { return nothing };
        let (entry, against) = (self.entry(now, ""), self.entry(before, ""));
        let sign = match direction {
            1 => "+",
            -1 => "−",
            _ => "",
        };
        vec![Inline::Text(sign.to_owned()), self.show(entry, Some(against), Form::Change, grouped(&size))]
    }

    fn next_table(&mut self, exhibit: &Exhibit, head: Vec<Column>) -> Table {
        self.tables += 1;
        let caption = self.line(&exhibit.caption, None);
        Table { number: self.tables, caption: self.words(&caption), head, rows: Vec::new(), total: false }
    }

    fn table(&mut self, exhibit: &Exhibit) -> model::Block {
        let year = self.setting.year;
        let words = &self.setting.labels.columns;
        let head = vec![
            Column { name: words[1].clone(), number: false, share: 36 },
            Column { name: words[4].clone(), number: false, share: 10 },
            Column { name: year.to_string(), number: true, share: 23 },
            Column { name: (year - 1).to_string(), number: true, share: 15 },
            Column { name: self.setting.change.clone(), number: true, share: 16 },
        ];
        let mut table = self.next_table(exhibit, head);
        for indicator in &exhibit.indicators {
            let (now, before) = (self.answers.whole(indicator, 0), self.answers.whole(indicator, 1));
            let unit = now.map_or_else(String::new, |given| self.unit(&given.figure));
            table.rows.push(vec![
                vec![Inline::Text(self.name(indicator))],
                vec![Inline::Text(unit)],
                self.cell(now.map(|given| (given, "")), true),
                self.cell(before.map(|given| (given, "")), false),
                self.change_cell(now, before),
            ]);
        }
        model::Block::Table(table)
    }

    fn split(&mut self, exhibit: &Exhibit) -> model::Block {
        let slice = exhibit.by.as_deref().unwrap_or_default();
        let unit = |f: &Self, indicator: &String| {
            let given = f.answers.whole(indicator, 0);
            given.map(|g| f.unit(&g.figure)).filter(|u| !u.is_empty()).map_or_else(String::new, |u| format!("（{u}）"))
        };
        let first = exhibit.indicators.first().map(String::as_str).unwrap_or_default();
        let slice_name = register(self.catalog, first)
            .and_then(|r| r.slices.iter().find(|s| s.id == slice))
            .map_or_else(String::new, |s| s.name.get(self.lang).to_owned());
        let columns = exhibit.indicators.iter().map(|indicator| Column {
            name: format!("{}{}", self.name(indicator), unit(self, indicator)),
            number: true,
            share: u8::try_from(70 / exhibit.indicators.len().max(1)).unwrap_or(10),
        });
        let head = std::iter::once(Column { name: slice_name, number: false, share: 30 }).chain(columns).collect();
        let mut table = self.next_table(exhibit, head);
        let labels = self.part_labels(exhibit);
        for (value, label) in &labels {
            let mut row = vec![vec![Inline::Text(label.clone())]];
            for indicator in &exhibit.indicators {
                row.push(self.part_cell(indicator, slice, value));
            }
            table.rows.push(row);
        }
        let mut sum = vec![vec![Inline::Text(self.setting.labels.total.clone())]];
        for indicator in &exhibit.indicators {
            sum.push(self.cell(self.answers.whole(indicator, 0).map(|given| (given, "")), false));
        }
        table.rows.push(sum);
        table.total = true;
        model::Block::Table(table)
    }

    /// Every part that any of the indicators has, in their order.
    fn part_labels(&self, exhibit: &Exhibit) -> Vec<(String, String)> {
        let slice = exhibit.by.as_deref().unwrap_or_default();
        let mut labels: Vec<(String, String)> = Vec::new();
        for indicator in &exhibit.indicators {
            for part in self.answers.parts(indicator, slice, 0) {
                if labels.iter().all(|(value, _)| *value != part.value) {
                    labels.push((part.value.clone(), self.part_name(part)));
                }
            }
        }
        labels
    }

    /// A part's figure, and whether it is too small to tell.
    fn part_of(&self, indicator: &str, slice: &str, value: &str) -> (Option<&'a Part>, bool) {
        let parts = self.answers.parts(indicator, slice, 0);
        let hidden = small::hidden(parts, self.setting.profile.smallest());
        match parts.iter().position(|part| part.value == value) {
            Some(at) => (Some(&parts[at]), hidden[at]),
            None => (None, false),
        }
    }

    fn part_cell(&mut self, indicator: &str, slice: &str, value: &str) -> Vec<Inline> {
        match self.part_of(indicator, slice, value) {
            (_, true) => vec![Inline::Text("*".to_owned())],
            (None, _) => vec![Inline::Text("—".to_owned())],
            (Some(part), _) if part.given.figure.printed().is_none() => vec![Inline::Text("—".to_owned())],
            (Some(part), _) => {
                let name = self.part_name(part);
                self.cell(Some((&part.given, &name)), false)
            }
        }
    }

    fn records(&mut self, exhibit: &Exhibit) -> model::Block {
        let asked = exhibit.records.as_ref();
        let declared = asked.and_then(|asked| self.catalog.register(&asked.register));
        let rows = asked.and_then(|asked| self.answers.records.get(asked)).map_or(&[][..], Vec::as_slice);
        let fields = asked.zip(declared).map_or_else(Vec::new, |(asked, register)| {
            let field = |id: &String| register.find_field(id).map(|at| &register.fields[at]);
            asked.fields.iter().filter_map(field).collect()
        });
        let column = |(at, field): (usize, &Field)| {
            let name = field.name.get(self.lang).to_owned();
            let number = matches!(field.kind, kinds::Kind::Integer | kinds::Kind::Decimal(_) | kinds::Kind::Money);
            // As wide as its longest text wants to be, within reason.
            let widest = rows.iter().filter_map(|row| row.get(at)).chain([&name]).map(|text| width(text)).max();
            Column { name, number, share: widest.unwrap_or(0).clamp(7, 26) }
        };
        let head = fields.into_iter().enumerate().map(column).collect();
        let mut table = self.next_table(exhibit, head);
        table.rows = rows.iter().map(|row| row.iter().map(|cell| vec![Inline::Text(cell.clone())]).collect()).collect();
        if table.rows.is_empty() {
            let gap = vec![Inline::Gap(self.setting.labels.missing.clone())];
            let rest = table.head.len().saturating_sub(1);
            table.rows = vec![std::iter::once(gap).chain(std::iter::repeat_n(Vec::new(), rest)).collect()];
        }
        model::Block::Table(table)
    }

    fn chart(&mut self, exhibit: &Exhibit, look: Look) -> model::Block {
        self.charts += 1;
        let caption = self.line(&exhibit.caption, None);
        let year = self.setting.year;
        let point = |filler: &Self, given: Option<&Given>, bare: bool| {
            let figure = &given?.figure;
            let FigureValue::Known(value) = figure.value else { return None };
            let plain = grouped(&trimmed(figure.printed()?));
            let unit = filler.unit(figure);
            let label = if bare && unit != "%" { plain } else { super::form::with_unit(filler.lang, &plain, &unit) };
            Some(Point { value, label })
        };
        let same_unit = self.same_unit(&exhibit.indicators);
        let (categories, series) = if let Some(slice) = exhibit.by.as_deref() {
            let labels = self.part_labels(exhibit);
            let series = exhibit.indicators.iter().map(|indicator| Series {
                name: self.name(indicator),
                points: labels
                    .iter()
                    .map(|(value, _)| match self.part_of(indicator, slice, value) {
                        (Some(part), false) => point(self, Some(&part.given), same_unit.is_some()),
                        _ => None,
                    })
                    .collect(),
            });
            let series = series.collect();
            (labels.into_iter().map(|(_, label)| label).collect::<Vec<_>>(), series)
        } else if exhibit.years > 1 {
            let years: Vec<u8> = (0..exhibit.years).rev().collect();
            let series = exhibit.indicators.iter().map(|indicator| Series {
                name: self.name(indicator),
                points: years.iter().map(|back| point(self, self.answers.whole(indicator, *back), true)).collect(),
            });
            let series = series.collect();
            (years.iter().map(|back| (year - i32::from(*back)).to_string()).collect(), series)
        } else {
            let backs: Vec<u8> = if exhibit.before { vec![0, 1] } else { vec![0] };
            let series = backs.iter().map(|back| Series {
                name: (year - i32::from(*back)).to_string(),
                points: exhibit
                    .indicators
                    .iter()
                    .map(|indicator| match (look, self.answers.whole(indicator, *back)) {
                        (Look::Funnel, Some(given)) if given.figure.denominator.is_some() => {
                            self.share_left(exhibit, &given.figure)
                        }
                        (_, given) => point(self, given, same_unit.is_some()),
                    })
                    .collect(),
            });
            let series: Vec<Series> = series.collect();
            (exhibit.indicators.iter().map(|indicator| self.name(indicator)).collect(), series)
        };
        let mut title = self.words(&caption);
        if let Some(unit) = same_unit.filter(|unit| !unit.is_empty() && unit != "%") {
            title = format!("{title}（{unit}）");
        }
        let missing = self.setting.labels.missing.clone();
        let chart = Chart { look, title, unit: String::new(), categories, series, missing };
        model::Block::Chart { number: self.charts, chart }
    }

    /// A share as a step of a funnel: how many it is of those the funnel begins with, the share beside.
    fn share_left(&self, exhibit: &Exhibit, figure: &Figure) -> Option<Point> {
        let (value, share) = (figure.numerator?, trimmed(figure.printed()?));
        let first = self.answers.whole(exhibit.indicators.first()?, 0)?;
        let unit = if first.figure.denominator.is_none() { self.unit(&first.figure) } else { String::new() };
        let left = super::form::with_unit(self.lang, &grouped(&value.print(0)), &unit);
        Some(Point {
            value,
            label: format!("{left} · {}", super::form::with_unit(self.lang, &share, &self.unit(figure))),
        })
    }

    /// The unit all the indicators have, if it is one.
    fn same_unit(&self, indicators: &[String]) -> Option<String> {
        let mut units = indicators.iter().map(|indicator| {
            let (r, i) = self.catalog.find_indicator(indicator)?;
            let id = &self.catalog.registers[r].indicators[i].unit;
            self.catalog.units.units.iter().find(|u| u.id == *id).map(|u| u.name.get(self.lang).to_owned())
        });
        let first = units.next()??;
        units.all(|unit| unit.as_deref() == Some(&first)).then_some(first)
    }
}

struct Meant<'a> {
    indicator: String,
    now: Option<(&'a Given, String)>,
    before: Option<(&'a Given, String)>,
}

/// The width of a text: a Chinese letter is one, two others are.
fn width(text: &str) -> u8 {
    let halves = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    u8::try_from(halves.div_ceil(2)).unwrap_or(u8::MAX)
}

fn order(figure: &Figure) -> Option<jc_base::Ratio> {
    match figure.value {
        FigureValue::Known(value) => Some(value),
        FigureValue::Missing(_) => None,
    }
}

/// Adds a piece; words that follow words become one.
fn push(line: &mut Vec<Inline>, inline: Inline) {
    match (line.last_mut(), inline) {
        (Some(Inline::Text(before)), Inline::Text(more)) => before.push_str(&more),
        (_, Inline::Text(text)) if text.is_empty() => {}
        (_, other) => line.push(other),
    }
}

/// In groups of three: `4,860,000`.
fn grouped(plain: &str) -> String {
    let (whole, places) = plain.split_once('.').map_or((plain, None), |(whole, places)| (whole, Some(places)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = String::from(sign);
    for (n, c) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(places) = places {
        out.push('.');
        out.push_str(places);
    }
    out
}
