use super::*;
use crate::advice::advise;
use crate::experiment::typed_number::NumberFormat;
use crate::ui::advice::typed::TypedWork;

fn predicted(query: &str) -> Vec<Prediction> {
    let (work, _) = TypedWork::of_link(query, 4, NumberFormat::default());
    let evidence = work.evidence().expect("nothing is wrong");
    advise(work.lens, evidence, None).expect("it takes time").predicted
}

#[test]
fn every_bar_is_in_its_interval_and_in_the_chart() {
    for query in ["", "waitMs=200&computeMs=0", "tasks=1&computeMs=0.001", "bytesIn=1000000000"] {
        let predicted = predicted(query);
        let laid_out = layout(&predicted, 640.0);
        assert_eq!(laid_out.bars.len(), predicted.len());
        for Bar { width, interval: [low, high] } in &laid_out.bars {
            assert!(0.0 <= *low && low <= width && width <= high && *high <= 640.0, "{query}");
        }
        assert!(laid_out.ticks.len() > 1);
    }
}

#[test]
fn bars_are_as_long_as_the_times_are() {
    let predicted = predicted("");
    let bars = layout(&predicted, 800.0).bars;
    let ratio = bars[0].width / bars[1].width;
    assert!((ratio - predicted[0].median_ms / predicted[1].median_ms).abs() < 1e-9);
}

#[test]
fn a_time_is_said_with_its_interval() {
    let said = sentence(&predicted("")[0]);
    assert!(said.contains(" (") && said.contains(" to ") && said.ends_with(')'), "{said}");
}
