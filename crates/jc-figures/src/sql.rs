//! Expressions as SQL: the second evaluator of the tree. Names come from the catalog as checked; values are bound.

use jc_base::{RecordId, RecordState};
use jc_catalog::expr::eval::Moments;
use jc_catalog::expr::{ArithmeticOp, CompareOp, Expr, Literal, Moment};
use jc_catalog::kinds::Kind;
use jc_catalog::{Catalog, Column, Register};
use std::fmt::Write as _;

/// What differs between databases inside an expression. Handed in by the store, which knows which one it is.
#[derive(Debug, Clone, Copy)]
pub struct Dialect {
    /// The whole days from the second date text to the first, as SQL.
    pub days_between: fn(&str, &str) -> String,
}

/// A bound value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SqlValue {
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// A record's id.
    Id(RecordId),
    /// Bytes, such as the print of a secret value.
    Bytes(Vec<u8>),
}

/// SQL text with `?` for each bound value, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sql {
    /// The text.
    pub text: String,
    /// The values.
    pub values: Vec<SqlValue>,
}

impl Sql {
    /// Appends text.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Appends a bound value.
    pub fn bind(&mut self, value: SqlValue) -> &mut Self {
        self.text.push('?');
        self.values.push(value);
        self
    }

    /// Appends another piece with its values.
    pub fn append(&mut self, other: &Sql) -> &mut Self {
        self.text.push_str(&other.text);
        self.values.extend(other.values.iter().cloned());
        self
    }
}

/// Writes expressions over one register's table.
pub struct Emitter<'a> {
    /// The catalog the expression is of.
    pub catalog: &'a Catalog,
    /// The register whose records are looked at.
    pub register: &'a Register,
    /// The table's alias in the statement.
    pub alias: &'a str,
    /// The days of the page.
    pub at: Moments,
    /// What differs between databases.
    pub dialect: Dialect,
}

impl Emitter<'_> {
    /// Appends a condition: SQL that is true, false or null.
    pub fn condition(&self, expr: &Expr, out: &mut Sql) {
        match expr {
            Expr::Literal(Literal::Bool(truth)) => {
                out.push(if *truth { "1 = 1" } else { "1 = 0" });
            }
            Expr::Literal(_) => {
                out.push("1 = null");
            }
            Expr::Not(inner) => {
                out.push("not (");
                self.condition(inner, out);
                out.push(")");
            }
            Expr::And(parts) => self.joined(parts, " and ", out),
            Expr::Or(parts) => self.joined(parts, " or ", out),
            Expr::Compare { op, left, right } => {
                self.value(left, out);
                out.push(match op {
                    CompareOp::Equal => " = ",
                    CompareOp::Unequal => " <> ",
                    CompareOp::Less => " < ",
                    CompareOp::LessOrEqual => " <= ",
                    CompareOp::Greater => " > ",
                    CompareOp::GreaterOrEqual => " >= ",
                });
                self.value(right, out);
            }
            Expr::In { item, list } => {
                self.value(item, out);
                out.push(" in (");
                for (i, literal) in list.iter().enumerate() {
                    if i > 0 {
                        out.push(", ");
                    }
                    literal_value(literal, out);
                }
                out.push(")");
            }
            Expr::IsNull(inner) => match **inner {
                Expr::Column(Column::Field(field)) if matches!(self.register.fields[field].kind, Kind::Refs(_)) => {
                    self.member_count(field, out);
                    out.push(" = 0");
                }
                _ => {
                    self.value(inner, out);
                    out.push(" is null");
                }
            },
            Expr::Exists { register, via, condition } => {
                let other = &self.catalog.registers[*register];
                let alias = format!("{}x", self.alias);
                let inner = Emitter { register: other, alias: &alias, ..*self };
                let _ = write!(out.text, "exists (select 1 from {} {alias} where ", other.table);
                inner.related_to(self.alias, *via, out);
                out.push(" and (");
                inner.condition(condition, out);
                out.push("))");
            }
            other => {
                self.value(other, out);
                out.push(" = 1");
            }
        }
    }

    fn joined(&self, parts: &[Expr], word: &str, out: &mut Sql) {
        out.push("(");
        for (i, part) in parts.iter().enumerate() {
            if i > 0 {
                out.push(word);
            }
            self.condition(part, out);
        }
        out.push(")");
    }

    /// Appends a value: SQL that gives a number, text or id, or null.
    pub fn value(&self, expr: &Expr, out: &mut Sql) {
        match expr {
            Expr::Literal(literal) => literal_value(literal, out),
            Expr::Column(column) => {
                let _ = write!(out.text, "{}.{}", self.alias, self.register.column_name(*column));
            }
            Expr::Moment(moment) => {
                let day = match moment {
                    Moment::Start => self.at.start,
                    Moment::End => self.at.end,
                    Moment::Census => self.at.census,
                };
                out.bind(SqlValue::Text(day.to_string()));
            }
            Expr::YearOf(day) => {
                out.push("cast(substr(");
                self.value(day, out);
                out.push(", 1, 4) as bigint)");
            }
            Expr::MemberCount(field) => self.member_count(*field, out),
            Expr::Arithmetic { op, left, right } => {
                let (mut a, mut b) = (Sql::default(), Sql::default());
                self.value(left, &mut a);
                self.value(right, &mut b);
                if *op == ArithmeticOp::Subtract && self.is_day(left) {
                    out.push(&(self.dialect.days_between)(&a.text, &b.text));
                } else {
                    let sign = match op {
                        ArithmeticOp::Add => "+",
                        ArithmeticOp::Subtract => "-",
                        ArithmeticOp::Multiply => "*",
                    };
                    let _ = write!(out.text, "({} {sign} {})", a.text, b.text);
                }
                out.values.extend(a.values);
                out.values.extend(b.values);
            }
            Expr::Latest { register, via, value, by } => {
                let other = &self.catalog.registers[*register];
                let alias = format!("{}x", self.alias);
                let inner = Emitter { register: other, alias: &alias, ..*self };
                let by = &other.fields[*by].column;
                let _ = write!(
                    out.text,
                    "(select {alias}.{} from {} {alias} where ",
                    other.fields[*value].column, other.table
                );
                inner.related_to(self.alias, *via, out);
                let _ = write!(out.text, " and {alias}.{by} <= ");
                out.bind(SqlValue::Text(self.at.census.to_string()));
                let _ = write!(out.text, " order by {alias}.{by} desc, {alias}.id desc limit 1)");
            }
            condition => {
                out.push("case when ");
                self.condition(condition, out);
                out.push(" then 1 else 0 end");
            }
        }
    }

    /// Appends what ties this (related) table's verified records to the record of the outer alias.
    fn related_to(&self, outer: &str, via: usize, out: &mut Sql) {
        let alias = self.alias;
        let field = &self.register.fields[via];
        let _ = write!(out.text, "{alias}.school_id = {outer}.school_id and ");
        if matches!(field.kind, Kind::Refs(_)) {
            let table = members_table(self.register, via);
            let _ = write!(
                out.text,
                "{alias}.id in (select {alias}m.record_id from {table} {alias}m \
                 where {alias}m.school_id = {outer}.school_id and {alias}m.member_id = {outer}.id)"
            );
        } else {
            let _ = write!(out.text, "{alias}.{} = {outer}.id", field.column);
        }
        let _ = write!(out.text, " and {alias}.state = {}", RecordState::Verified.number());
    }

    /// Appends the number of members of a field of several references.
    pub fn member_count(&self, field: usize, out: &mut Sql) {
        let alias = self.alias;
        let _ = write!(
            out.text,
            "(select count(*) from {} {alias}m where {alias}m.school_id = {alias}.school_id and {alias}m.record_id = {alias}.id)",
            members_table(self.register, field)
        );
    }

    fn is_day(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Moment(_) | Expr::Literal(Literal::Date(_)) => true,
            Expr::Column(column) => *self.register.column_kind(*column) == Kind::Date,
            _ => false,
        }
    }
}

/// The table that holds the members of a field of several references.
pub fn members_table(register: &Register, field: usize) -> String {
    format!("{}__{}", register.table, register.fields[field].column)
}

fn literal_value(literal: &Literal, out: &mut Sql) {
    match literal {
        Literal::Null => {
            out.push("null");
        }
        Literal::Bool(truth) => {
            out.push(if *truth { "1" } else { "0" });
        }
        Literal::Int(number) => {
            // Beside another constant nothing else would tell PostgreSQL that it is a number.
            out.push("cast(").bind(SqlValue::Int(*number)).push(" as bigint)");
        }
        Literal::Text(text) => {
            out.bind(SqlValue::Text(text.clone()));
        }
        Literal::Date(date) => {
            out.bind(SqlValue::Text(date.to_string()));
        }
    }
}
