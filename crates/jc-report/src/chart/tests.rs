use super::{Chart, Ink, Look, Paint, Point, Series, Shape, svg};
use jc_base::Ratio;

fn point(value: i128) -> Option<Point> {
    Some(Point { value: Ratio::whole(value), label: value.to_string() })
}

fn chart(look: Look) -> Chart {
    let series = |name: &str, values: [Option<i128>; 3]| Series {
        name: name.to_owned(),
        points: values.into_iter().map(|v| v.and_then(point)).collect(),
    };
    Chart {
        look,
        title: "各院系毕业生 <去向>".to_owned(),
        unit: "人".to_owned(),
        categories: ["数控技术系", "电气工程系", "经贸与管理系（含电子商务专业群）"].map(str::to_owned).to_vec(),
        series: vec![series("升学", [Some(60), Some(40), None]), series("就业", [Some(100), Some(0), Some(90)])],
        missing: "无数据".to_owned(),
    }
}

#[test]
fn every_look_shows_every_value_as_text_inside_its_frame() {
    for look in Look::ALL {
        let mut chart = chart(look);
        if look == Look::Funnel {
            chart.series.truncate(1);
        }
        let drawing = chart.draw(640.0);
        assert!(drawing.height > 20.0 && drawing.height < 500.0, "{look:?}: {}", drawing.height);
        let written: Vec<&str> = drawing
            .shapes
            .iter()
            .filter_map(|shape| if let Shape::Text { text, .. } = shape { Some(text.as_str()) } else { None })
            .collect();
        for series in &chart.series {
            for point in series.points.iter().flatten().filter(|p| p.value.num() != 0 || look != Look::Stacked) {
                assert!(written.iter().any(|text| text.contains(&point.label)), "{look:?} lacks {}", point.label);
            }
        }
        for shape in &drawing.shapes {
            let (x, y) = match shape {
                Shape::Rect { x, y, .. } | Shape::Text { x, y, .. } => (*x, *y),
                Shape::Path { points, .. } => points[0],
            };
            assert!((-0.1..=640.1).contains(&x) && (-0.1..=drawing.height).contains(&y), "{look:?}: {shape:?}");
        }
        let text = svg(&drawing, Paint::Paper, "c1");
        assert!(text.contains("各院系毕业生 &lt;去向&gt;</title>"), "{text}");
        assert!(text.contains("无数据"), "{look:?} hides what is missing");
    }
}

#[test]
fn bars_are_as_long_as_their_values() {
    let drawing = chart(Look::Bar).draw(640.0);
    let long = |ink: Ink| -> Vec<f64> {
        let of = |shape: &Shape| match shape {
            Shape::Rect { width, ink: own, height, .. } if *own == ink && *height > 12.5 => Some(*width),
            _ => None,
        };
        drawing.shapes.iter().filter_map(of).collect()
    };
    let (further, employed) = (long(Ink::Series(0)), long(Ink::Series(1)));
    // 60 : 40, and 100 : 0 : 90 on the same scale; nought has no bar.
    assert!((further[0] / further[1] - 1.5).abs() < 1e-9);
    assert!((employed[0] / further[0] - 100.0 / 60.0).abs() < 1e-9);
    assert!(employed.len() == 2 && (employed[1] / employed[0] - 0.9).abs() < 1e-9);
}

#[test]
fn a_line_is_broken_where_there_is_no_value() {
    let mut broken = chart(Look::Line);
    broken.series = vec![Series { name: "人".into(), points: vec![point(5), None, point(7)] }];
    let lines = |chart: &Chart| {
        let thick = |s: &&Shape| matches!(s, Shape::Path { line: Some((_, width)), .. } if *width == 2.0);
        chart.draw(640.0).shapes.iter().filter(thick).count()
    };
    assert_eq!(lines(&broken), 0, "single points have no line between them");
    broken.series[0].points[1] = point(6);
    assert_eq!(lines(&broken), 1);
}

#[test]
fn the_description_tells_every_value_and_every_gap() {
    let said = chart(Look::Bar).description();
    assert_eq!(
        said,
        "数控技术系: 升学 60, 就业 100; 电气工程系: 升学 40, 就业 0; 经贸与管理系（含电子商务专业群）: 升学 无数据, 就业 90"
    );
}

#[test]
fn on_a_screen_shades_follow_the_text() {
    let text = svg(&chart(Look::Heat).draw(640.0), Paint::Screen, "c1");
    assert!(text.contains("currentColor") && !text.contains("#1f"), "{text}");
    assert!(!text.contains(" width=\"640\" height=\"1"), "it takes the width it is given");
}

#[test]
fn a_chart_of_nothing_says_so() {
    for look in Look::ALL {
        let nothing = Chart { categories: Vec::new(), series: Vec::new(), ..chart(look) };
        let drawing = nothing.draw(640.0);
        assert_eq!((drawing.description.as_str(), drawing.height), ("无数据", 30.0), "{look:?}");
        assert!(svg(&drawing, Paint::Paper, "chart").contains(">无数据</text>"), "{look:?}");
    }
}
