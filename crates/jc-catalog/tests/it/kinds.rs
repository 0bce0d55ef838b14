//! What people type into each kind of field, and what becomes of it.

use jc_base::{CodeListId, Date, Lang, RecordId, Value};
use jc_catalog::Catalog;
use jc_catalog::kinds::{Cell, Kind, ParseContext, id_number};
use proptest::prelude::*;
use std::sync::LazyLock;

static CATALOG: LazyLock<Catalog> = LazyLock::new(crate::base_catalog);

fn context() -> ParseContext<'static> {
    ParseContext { codes: &CATALOG.codes, on: None }
}

fn code(list: &str) -> Kind {
    Kind::Code(CodeListId::from(list))
}

/// What is shown in Chinese, or the fault's code.
fn read(kind: &Kind, typed: &str) -> String {
    match kind.parse(typed, &context()) {
        Ok(Value::Missing) => "missing".to_owned(),
        Ok(value) => {
            kind.check(&value, &context()).unwrap_or_else(|fault| panic!("{typed:?}: {}", fault.code));
            kind.show(&value, Lang::Zh, &CATALOG.codes)
        }
        Err(fault) => fault.code.to_owned(),
    }
}

#[track_caller]
fn check(kind: &Kind, cases: &[(&str, &str)]) {
    for (typed, expect) in cases {
        assert_eq!(read(kind, typed), *expect, "{} {typed:?}", kind.word());
    }
}

#[test]
fn unknown_is_missing_in_every_kind() {
    for kind in all_kinds() {
        check(
            &kind,
            &[
                ("", "missing"),
                ("　", "missing"),
                ("不详", "missing"),
                (" 未知 ", "missing"),
                ("—", "missing"),
                ("/", "missing"),
                ("\u{FEFF}", "missing"),
            ],
        );
    }
}

#[test]
fn texts() {
    check(
        &Kind::Text,
        &[
            ("  数控　加工  ", "数控 加工"),
            ("张\u{200B}三", "张三"),
            ("a  b", "a b"),
            ("一\n二", "INT-116"),
            ("甲\u{202E}乙", "INT-117"),
            ("\u{0}", "INT-117"),
            (&"长".repeat(200), &"长".repeat(200)),
            (&"长".repeat(201), "INT-115"),
            (&"x".repeat(201), "INT-115"),
            ("＝1＋1", "＝1＋1"),
        ],
    );
    check(&Kind::LongText, &[("一 \r\n二\r", "一\n二"), (&"长".repeat(10_001), "INT-115")]);
}

#[test]
fn numbers() {
    check(
        &Kind::Integer,
        &[
            ("3", "3"),
            ("-12", "-12"),
            ("3000", "3,000"),
            ("3,000", "3,000"),
            ("３，０００", "3,000"),
            ("1.2万", "12,000"),
            ("一百零八", "108"),
            ("3.0", "3"),
            ("3.5", "INT-102"),
            ("3,00", "INT-101"),
            ("3人", "INT-101"),
            ("1e3", "INT-101"),
            ("=1+1", "INT-101"),
            ("约30", "INT-101"),
            ("99999999999999999999", "INT-104"),
            ("99999999999999999999999999999999999999999999", "INT-101"),
        ],
    );
    check(
        &Kind::Decimal(2),
        &[
            ("95.5", "95.50"),
            ("95.50", "95.50"),
            ("95.500", "95.50"),
            ("95.505", "INT-103"),
            (".5", "INT-101"),
            ("-0.05", "-0.05"),
        ],
    );
    check(
        &Kind::Money,
        &[
            ("1234.5", "1,234.50"),
            ("¥1,234.50", "1,234.50"),
            ("￥1234.5元", "1,234.50"),
            ("-5元", "-5.00"),
            ("1.2万元", "12,000.00"),
            ("3.333", "INT-103"),
        ],
    );
}

#[test]
fn days_months_years_times() {
    check(
        &Kind::Date,
        &[
            ("2024-06-30", "2024-06-30"),
            ("2024/6/30", "2024-06-30"),
            ("2024年6月30日", "2024-06-30"),
            ("20240630", "2024-06-30"),
            ("2024-06-30 00:00:00", "2024-06-30"),
            ("2024-02-30", "INT-106"),
            ("2003/13/01", "INT-106"),
            ("2024年6月", "INT-136"),
            ("24.6.30", "INT-137"),
            ("0204-06-30", "INT-138"),
            ("明天", "INT-105"),
        ],
    );
    check(
        &Kind::Month,
        &[
            ("2024-06", "2024-06"),
            ("2024年6月", "2024-06"),
            ("2024年6月份", "2024-06"),
            ("2024-06-30", "2024-06"),
            ("2024", "INT-107"),
            ("六月", "INT-107"),
            ("2024-13", "INT-106"),
        ],
    );
    check(
        &Kind::Year,
        &[
            ("2024", "2024"),
            ("2024年", "2024"),
            ("2024届", "2024"),
            ("二〇二四年", "2024"),
            ("24", "INT-108"),
            ("2024-06", "INT-108"),
        ],
    );
    check(
        &Kind::Time,
        &[
            ("8:30", "08:30"),
            ("08：30", "08:30"),
            ("8点半", "08:30"),
            ("8时", "08:00"),
            ("下午3:05", "15:05"),
            ("12:00", "12:00"),
            ("24:00", "INT-109"),
            ("8", "INT-109"),
        ],
    );
}

#[test]
fn ticks_and_codes() {
    check(
        &Kind::Boolean,
        &[("是", "是"), ("√", "是"), ("×", "否"), ("无", "否"), ("Nein", "否"), ("是否", "INT-110"), ("2", "INT-110")],
    );
    check(
        &code("level"),
        &[
            ("city", "市级"),
            ("市级", "市级"),
            ("市 级", "INT-111"),
            (" 市级 ", "市级"),
            ("CITY", "市级"),
            ("Stadt", "市级"),
            ("省级", "INT-111"),
            ("国家", "INT-111"),
        ],
    );
    check(&code("sex"), &[("1", "男"), ("１", "男"), ("女", "女"), ("F", "INT-111")]);
    let fault = code("level").parse("国家及", &context()).expect_err("it is misspelt");
    assert_eq!(fault.with.get("nearest"), Some("国家级"));
}

#[test]
fn people_and_their_numbers() {
    check(
        &Kind::PersonName,
        &[
            ("王　明", "王明"),
            ("买买提•艾力", "买买提·艾力"),
            ("Anna Schmidt", "Anna Schmidt"),
            ("王明1", "INT-118"),
            ("王明（班长）", "INT-118"),
            ("𠮷田", "𠮷田"),
            ("330482200803150010", "INT-118"),
        ],
    );
    check(
        &Kind::IdNumber,
        &[
            ("11010519491231002X", "110***********002X"),
            ("11010519491231002x", "110***********002X"),
            ("１１０１０５１９４９１２３１００２Ｘ", "110***********002X"),
            ("330482200803150010", "330***********0010"),
            ("'330482200803150010", "330***********0010"),
            ("330482 20080315 0010", "330***********0010"),
            ("330482200803150011", "INT-121"),
            ("330482200802300010", "INT-120"),
            ("33048220080315001", "INT-119"),
            ("3304822008031500１０甲", "INT-119"),
        ],
    );
    check(
        &Kind::Phone,
        &[
            ("13800138000", "13800138000"),
            ("138-0013-8000", "13800138000"),
            ("+86 138 0013 8000", "13800138000"),
            ("0573-85123456", "0573-85123456"),
            ("057385123456", "0573-85123456"),
            ("(0573)85123456", "0573-85123456"),
            ("010-12345678", "INT-124"),
            ("12345678901", "INT-124"),
            ("85123456", "INT-124"),
        ],
    );
    let number = "11010519491231002X";
    assert_eq!(id_number::birth_date(number), Date::new(1949, 12, 31));
    assert_eq!(id_number::is_male(number), Some(false));
    assert_eq!(id_number::mask("119105199012310010"), "119***********0010");
    // A fault never repeats a whole number.
    for wrong in ["330482200803150011", "330482200802300010", "33048220080315001"] {
        let fault = Kind::IdNumber.parse(wrong, &context()).expect_err("it is wrong");
        assert!(!fault.with.0.iter().any(|(_, value)| value.contains("20080")), "{fault:?}");
    }
}

#[test]
fn organisations_certificates_links() {
    check(
        &Kind::OrgCode,
        &[
            ("91350100M000100Y43", "91350100M000100Y43"),
            ("91350100m000100y43", "91350100M000100Y43"),
            ("91350100M000100Y44", "INT-123"),
            ("91350100M000100Y4", "INT-122"),
            ("91350100M000100I43", "INT-122"),
        ],
    );
    check(
        &Kind::CertificateNumber,
        &[
            ("Y000123123456195000001", "Y000123123456195000001"),
            ("y0001 23 123456 19 5 000001", "Y000123123456195000001"),
            ("Y000123123456196000001", "INT-126"),
            ("1933010000123456", "1933010000123456"),
            ("浙教师证〔2024〕第0012号", "浙教师证〔2024〕第0012号"),
            ("AB", "INT-125"),
            ("无编号", "INT-125"),
        ],
    );
    check(
        &Kind::Link,
        &[
            ("https://example.org/a?b=c", "https://example.org/a?b=c"),
            ("www.example.org", "https://www.example.org"),
            ("javascript:alert(1)", "INT-127"),
            ("https://a@b.org", "INT-127"),
            ("ftp://example.org", "INT-127"),
            ("见附件", "INT-127"),
        ],
    );
}

#[test]
fn cells() {
    let read = |kind: &Kind, cell: Cell<'_>| match kind.from_cell(cell, &context()) {
        Ok(value) => kind.edit(&value),
        Err(fault) => fault.code.to_owned(),
    };
    let day = Date::new(2024, 6, 30).expect("a day");
    assert_eq!(read(&Kind::Date, Cell::Date(day)), "2024-06-30");
    assert_eq!(read(&Kind::Month, Cell::Date(day)), "2024-06");
    assert_eq!(read(&Kind::Integer, Cell::Date(day)), "INT-131");
    assert_eq!(read(&Kind::Month, Cell::Number("2024.1")), "INT-135");
    assert_eq!(read(&Kind::Date, Cell::Number("20240630")), "2024-06-30");
    assert_eq!(read(&Kind::Decimal(1), Cell::Number("12.5")), "12.5");
    assert_eq!(read(&code("sex"), Cell::Number("1")), "1");
    assert_eq!(read(&Kind::Text, Cell::Number("2024001")), "2024001");
    assert_eq!(read(&Kind::Boolean, Cell::Bool(true)), "是");
    assert_eq!(read(&Kind::Time, Cell::Time(510)), "08:30");
    assert_eq!(read(&Kind::Money, Cell::Empty), "");
    // Digits are lost, even if what is left looks right.
    for kind in [Kind::IdNumber, Kind::OrgCode, Kind::CertificateNumber] {
        assert_eq!(read(&kind, Cell::Number("330482200803150010")), "INT-130");
    }
    assert_eq!(read(&Kind::Text, Cell::Number("6222021234567890000")), "INT-130");
}

#[test]
fn stored_values_of_another_type_are_told() {
    let fault = Kind::Date.check(&Value::Text("2024-06-30".into()), &context()).expect_err("text is no date");
    assert_eq!(fault.code, "INT-133");
    assert!(Kind::Boolean.check(&Value::Int(2), &context()).is_err());
    assert!(code("sex").check(&Value::Text("男".into()), &context()).is_err());
    assert!(Kind::PersonName.check(&Value::Text("王　明".into()), &context()).is_err());
}

fn all_kinds() -> Vec<Kind> {
    vec![
        Kind::Text,
        Kind::LongText,
        Kind::Integer,
        Kind::Decimal(1),
        Kind::Decimal(4),
        Kind::Money,
        Kind::Date,
        Kind::Month,
        Kind::Year,
        Kind::Time,
        Kind::Boolean,
        code("level"),
        code("sex"),
        Kind::Ref(0),
        Kind::Refs(0),
        Kind::PersonName,
        Kind::IdNumber,
        Kind::OrgCode,
        Kind::Phone,
        Kind::CertificateNumber,
        Kind::Link,
    ]
}

/// Texts like those in real cells, and any others.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,30}",
        any::<String>(),
        "[-+]?[0-9０-９,，.]{1,12}[万亿元]?",
        "[12][0-9]{3}[-/.年][0-9]{1,2}[-/.月]?[0-9]{0,2}[日份]?",
        "[0-9]{1,2}[:：点时][0-9]{0,2}",
        "[王李张欧阳买买提·• 　a-z]{1,8}",
        "[0-9]{17}[0-9Xx]",
        "1[3-9][0-9]{9}",
        "0[0-9]{2,3}-?[2-9][0-9]{6,7}",
        "[YS0-9]{1}[0-9 ]{21}",
        "(https?://|www\\.)[a-z]{1,8}\\.[a-z]{2,3}(/[a-z?=&]{0,8})?",
        "(school|city|national|校级|市级|国家级|1|2|男|女)",
        "[是否有无√×yn不详未知]{1,2}",
    ]
}

fn value_of(kind: &Kind) -> BoxedStrategy<Value> {
    let id = || any::<[u8; 16]>().prop_map(RecordId);
    match kind {
        Kind::Integer | Kind::Decimal(_) | Kind::Money => {
            (-1_000_000_000_000_000i64..=1_000_000_000_000_000).prop_map(Value::Int).boxed()
        }
        Kind::Year => (1900i64..2200).prop_map(Value::Int).boxed(),
        Kind::Time => (0i64..1440).prop_map(Value::Int).boxed(),
        Kind::Boolean => (0i64..2).prop_map(Value::Int).boxed(),
        Kind::Date => {
            (0i64..100_000).prop_map(|days| Value::Date(Date::new(1900, 1, 1).expect("a day").plus_days(days))).boxed()
        }
        Kind::Ref(_) => id().prop_map(Value::Ref).boxed(),
        Kind::Refs(_) => {
            prop::collection::hash_set(id(), 1..5).prop_map(|ids| Value::Refs(ids.into_iter().collect())).boxed()
        }
        _ => Just(Value::Missing).boxed(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_is_sound_and_reads_back(which in 0usize..21, text in typed()) {
        let kind = &all_kinds()[which];
        if let Ok(value) = kind.parse(&text, &context()) {
            prop_assert!(kind.check(&value, &context()).is_ok(), "{} {:?} {:?}", kind.word(), text, value);
            let again = kind.parse(&kind.edit(&value), &context());
            prop_assert_eq!(again.as_ref(), Ok(&value), "{} {:?}", kind.word(), text);
            let _ = kind.show(&value, Lang::De, &CATALOG.codes);
        }
    }

    #[test]
    fn every_value_reads_back((kind, value) in (0usize..21).prop_flat_map(|which| {
        let kind = all_kinds().swap_remove(which);
        let value = value_of(&kind);
        (Just(kind), value)
    })) {
        prop_assert!(kind.check(&value, &context()).is_ok());
        prop_assert_eq!(kind.parse(&kind.edit(&value), &context()), Ok(value));
    }
}
