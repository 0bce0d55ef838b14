//! Numbers as people write them, with what each form stands for by the rules of the exchange format.

use super::Dice;

/// Millionths, so that shares and decimals stay whole.
pub type Micro = i128;
pub const ONE: Micro = 1_000_000;

/// A number as it is written.
#[derive(Clone, Debug)]
pub struct Written {
    pub text: String,
    pub value: Option<Micro>,
    pub least: Option<Micro>,
    pub most: Option<Micro>,
    pub unit: &'static str,
}

/// With which signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Thousands,
    FullWidth,
    Chinese,
    Capital,
}

pub const STYLES: [Style; 5] = [Style::Plain, Style::Thousands, Style::FullWidth, Style::Chinese, Style::Capital];

pub fn written(n: i128, style: Style) -> String {
    let plain = n.to_string();
    match style {
        Style::Plain => plain,
        Style::Thousands => {
            let signs: Vec<char> = plain.chars().collect();
            let mut out = String::new();
            for (at, c) in signs.iter().enumerate() {
                if at > 0 && (signs.len() - at).is_multiple_of(3) {
                    out.push(',');
                }
                out.push(*c);
            }
            out
        }
        Style::FullWidth => wide(&plain),
        Style::Chinese => spoken(n, "零一二三四五六七八九", "十百千", true),
        Style::Capital => spoken(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", false),
    }
}

/// Half-width digits, point and percent sign as full-width ones.
pub fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '0'..='9' => char::from_u32(u32::from(c) - u32::from('0') + u32::from('０')).unwrap(),
            '.' => '．',
            '%' => '％',
            c => c,
        })
        .collect()
}

/// A whole number as one says it, groups of four closed by 万 and 亿; `short` says 十二 for 一十二.
fn spoken(n: i128, digits: &str, scales: &str, short: bool) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let scales: Vec<char> = scales.chars().collect();
    if n == 0 {
        return digits[0].to_string();
    }
    let group = |n: i128| -> String {
        let mut out = String::new();
        let mut gap = false;
        for (place, by) in [(3, 1000), (2, 100), (1, 10), (0, 1)] {
            let digit = usize::try_from(n / by % 10).unwrap();
            if digit == 0 {
                gap = !out.is_empty();
                continue;
            }
            if gap {
                out.push(digits[0]);
            }
            gap = false;
            out.push(digits[digit]);
            if place > 0 {
                out.push(scales[place - 1]);
            }
        }
        out
    };
    let groups = [
        (n / 1_0000_0000_0000, "万亿"),
        (n / 1_0000_0000 % 1_0000, "亿"),
        (n / 1_0000 % 1_0000, "万"),
        (n % 1_0000, ""),
    ];
    let mut out = String::new();
    let mut skipped = false;
    for (part, name) in groups {
        if part == 0 {
            skipped = !out.is_empty();
            continue;
        }
        if !out.is_empty() && (skipped || part < 1000) {
            out.push(digits[0]);
        }
        skipped = false;
        out.push_str(&group(part));
        out.push_str(name);
    }
    if short && out.starts_with("一十") { out.chars().skip(1).collect() } else { out }
}

/// The place of the last digit that is not nought.
fn place(n: Micro) -> Micro {
    let mut place = 1;
    while n % (place * 10) == 0 {
        place *= 10;
    }
    place
}

impl Written {
    pub fn exact(text: String, value: Micro, unit: &'static str) -> Written {
        Written { text, value: Some(value), least: Some(value), most: Some(value), unit }
    }

    pub fn count(n: i128, unit: &'static str, style: Style) -> Written {
        Written::exact(format!("{}{unit}", written(n, style)), n * ONE, unit)
    }

    /// `digits` steps of a percentage with so many decimals: 955 and 1 is 95.5 %.
    pub fn percent(digits: i128, decimals: usize, style: Style) -> Written {
        let by = 10i128.pow(decimals as u32);
        let value = digits * ONE / by;
        let number =
            if decimals == 0 { digits.to_string() } else { format!("{}.{:0decimals$}", digits / by, digits % by) };
        let text = match style {
            Style::Chinese | Style::Capital => {
                let mut text = format!("百分之{}", written(digits / by, Style::Chinese));
                if decimals > 0 {
                    text.push('点');
                    for c in format!("{:0decimals$}", digits % by).chars() {
                        text.push("零一二三四五六七八九".chars().nth(c.to_digit(10).unwrap() as usize).unwrap());
                    }
                }
                text
            }
            Style::FullWidth => wide(&format!("{number}%")),
            _ => format!("{number}%"),
        };
        Written::exact(text, value, "%")
    }

    /// An amount printed in 万 or 亿 with so many decimals; `steps` of the last digit.
    pub fn scaled(steps: i128, decimals: u32, scale: &str, unit: &'static str) -> Written {
        let by = 10i128.pow(decimals);
        let factor = if scale == "万" { 10_000 } else { 100_000_000 };
        let number = if decimals == 0 {
            steps.to_string()
        } else {
            let text = format!("{}.{:0width$}", steps / by, steps % by, width = decimals as usize);
            text.trim_end_matches('0').trim_end_matches('.').to_string()
        };
        Written::exact(format!("{number}{scale}{unit}"), steps * ONE * factor / by, unit)
    }
}

/// A whole number kept approximate, in one of the usual ways.
pub fn approximate(dice: &mut Dice, unit: &'static str) -> Written {
    // A round number in digits, in 万, or spoken.
    let digit = dice.from(1, 9);
    let second = if dice.one_in(2) { dice.from(1, 9) } else { 0 };
    let power = 10i128.pow(u32::try_from(dice.from(1, 4)).unwrap());
    let (n, number) = match dice.from(1, 5) {
        1 => {
            let tenths = digit * 10 + second;
            let whole =
                if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) };
            (tenths * 1000, format!("{whole}万"))
        }
        2 => ((digit * 10 + second) * power, written((digit * 10 + second) * power, Style::Chinese)),
        3 => ((digit * 10 + second) * power, written((digit * 10 + second) * power, Style::FullWidth)),
        _ => ((digit * 10 + second) * power, ((digit * 10 + second) * power).to_string()),
    };
    let value = n * ONE;
    let step = place(value);
    let (before, middle, behind, least, most) = match dice.from(1, 27) {
        1..=4 => ("", "余", "", value, Some(value + step)),
        5 | 6 => ("", "多", "", value, Some(value + step)),
        7 | 8 => (dice.pick(&["近", "近", "将近", "接近"]), "", "", value * 9 / 10, Some(value)),
        9..=11 => (dice.pick(&["约", "大约", "约为", "大概"]), "", "", value - step / 2, Some(value + step / 2)),
        12 | 13 => ("", "", dice.pick(&["左右", "上下"]), value - step / 2, Some(value + step / 2)),
        14..=17 => (dice.pick(&["超", "超过", "逾", "突破", "突破了"]), "", "", value, None),
        18 | 19 => (dice.pick(&["不少于", "不低于", "至少"]), "", "", value, None),
        20 | 21 => ("", "", dice.pick(&["以上", "及以上"]), value, None),
        22 => (dice.pick(&["不足", "不到", "不超过", "少于"]), "", "", 0, Some(value)),
        23 => ("", "", dice.pick(&["以下", "以内", "之内"]), 0, Some(value)),
        24 | 25 => (dice.pick(&["高达", "多达", "达"]), "", "", value, Some(value)),
        _ => return vague(dice, unit),
    };
    Written {
        text: format!("{before}{number}{middle}{unit}{behind}"),
        value: Some(value),
        least: Some(least),
        most,
        unit,
    }
}

/// Numbers that are no number: 几十, 上百, 二三十.
pub fn vague(dice: &mut Dice, unit: &'static str) -> Written {
    let all: [(&str, Option<i128>, i128, Option<i128>); 16] = [
        ("几十", None, 20, Some(90)),
        ("数十", None, 20, Some(90)),
        ("几百", None, 200, Some(900)),
        ("数百", None, 200, Some(900)),
        ("数千", None, 2000, Some(9000)),
        ("十几", None, 11, Some(19)),
        ("上百", Some(100), 100, None),
        ("上千", Some(1000), 1000, None),
        ("百余", Some(100), 100, Some(200)),
        ("千余", Some(1000), 1000, Some(2000)),
        ("近百", Some(100), 90, Some(100)),
        ("近千", Some(1000), 900, Some(1000)),
        ("二三十", None, 20, Some(30)),
        ("七八", None, 7, Some(8)),
        ("三五", None, 3, Some(5)),
        ("五六百", None, 500, Some(600)),
    ];
    let (text, value, least, most) = all[usize::try_from(dice.from(0, 15)).unwrap()];
    Written {
        text: format!("{text}{unit}"),
        value: value.map(|v| v * ONE),
        least: Some(least * ONE),
        most: most.map(|v| v * ONE),
        unit,
    }
}

/// Two ends: 3至5, 80—90, 三到五.
pub fn range(dice: &mut Dice, unit: &'static str) -> Written {
    let low = dice.from(2, 60);
    let high = low + dice.from(1, 30);
    let style = if dice.one_in(4) { Style::Chinese } else { Style::Plain };
    let join = dice.pick(&["至", "到", "—", "-", "~", "～", "–"]);
    let join = if style == Style::Chinese { "至" } else { join };
    let (a, b) = (written(low, style), written(high, style));
    let text = if dice.one_in(4) { format!("{a}{unit}{join}{b}{unit}") } else { format!("{a}{join}{b}{unit}") };
    Written { text, value: None, least: Some(low * ONE), most: Some(high * ONE), unit }
}

/// Shares in words: 三成, 八成五, 四分之三, 半数.
pub fn share(dice: &mut Dice) -> Written {
    let tenths = dice.from(1, 9);
    let name = written(tenths, Style::Chinese);
    match dice.from(1, 6) {
        1 => Written::exact(format!("{name}成"), tenths * 10 * ONE, "%"),
        2 => {
            let more = dice.from(1, 9);
            Written::exact(format!("{name}成{}", written(more, Style::Chinese)), (tenths * 10 + more) * ONE, "%")
        }
        3 => Written::exact(format!("{name}成半"), (tenths * 10 + 5) * ONE, "%"),
        4 => {
            let under = dice.from(3, 9);
            let over = dice.from(1, under - 1);
            let text = format!("{}分之{}", written(under, Style::Chinese), written(over, Style::Chinese));
            Written::exact(text, (over * 100 * ONE * 2 + under) / (2 * under), "%")
        }
        5 => {
            let value = tenths * 10 * ONE;
            Written {
                text: format!("{name}成以上"),
                value: Some(value),
                least: Some(value),
                most: Some(100 * ONE),
                unit: "%",
            }
        }
        _ => {
            let value = tenths * 10 * ONE;
            let lead = dice.pick(&["超", "逾", "超过"]);
            Written {
                text: format!("{lead}{name}成"),
                value: Some(value),
                least: Some(value),
                most: Some(100 * ONE),
                unit: "%",
            }
        }
    }
}

/// A percentage that is bounded.
pub fn bounded_percent(dice: &mut Dice) -> Written {
    let n = dice.from(11, 98);
    let value = n * ONE;
    let step = place(value);
    let hundred = Some(100 * ONE);
    let (text, least, most) = match dice.from(1, 6) {
        1 => (format!("{n}%以上"), value, hundred),
        2 => (format!("超{n}%"), value, hundred),
        3 => (format!("近{n}%"), value * 9 / 10, Some(value)),
        4 => (format!("约{n}%"), value - step / 2, Some(value + step / 2)),
        5 => (format!("不低于{n}%"), value, hundred),
        _ => (format!("{n}%左右"), value - step / 2, Some(value + step / 2)),
    };
    Written { text, value: Some(value), least: Some(least), most, unit: "%" }
}

#[test]
fn written_by_hand() {
    for (n, text) in [
        (10, "十"),
        (12, "十二"),
        (110, "一百一十"),
        (2005, "二千零五"),
        (30_040, "三万零四十"),
        (1_200_000, "一百二十万"),
    ] {
        assert_eq!(written(n, Style::Chinese), text);
    }
    assert_eq!(written(1_234_567, Style::Thousands), "1,234,567");
    assert_eq!(written(308, Style::Capital), "叁佰零捌");
    assert_eq!(Written::percent(9505, 2, Style::Chinese).text, "百分之九十五点零五");
    assert_eq!(Written::scaled(1250, 2, "万", "元").text, "12.5万元");
    assert_eq!(place(320 * ONE), 10 * ONE);
}
