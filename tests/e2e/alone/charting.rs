//! How fast a large chart is shown and moved.

use crate::support::server::Host;
use crate::support::{Page, many_spans};

#[tokio::test]
async fn ten_thousand_spans_are_shown_and_moved_without_a_hitch() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    many_spans::open(&page).await;
    let keys = "+, +, Shift ArrowRight, +, Shift ArrowLeft, -, ArrowRight, -, ArrowDown, 0";
    for round in 1..=3 {
        let shown = many_spans::show(&page).await;
        let moved = many_spans::press(&page, keys, 40).await;
        eprintln!("10,000 spans, round {round}: {shown:.0?}, {moved:.1?}");
        assert!(moved.views >= 6, "the view did not move: {moved:?}");
        assert!(shown.after_ms < 300.0 && shown.longest_task_ms <= 150.0, "{shown:?}");
        assert!(moved.longest_task_ms <= 150.0, "{moved:?}");
    }
    assert_eq!(page.errors().await, Vec::<String>::new());
}
