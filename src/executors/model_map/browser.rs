//! A map measured in this browser.

use super::measure;
use crate::browser::clock::BrowserClock;
use crate::browser::turn;
use crate::executors::fleet::{BrowserFleet, GoOn};
use crate::failure::Result;
use crate::measure::Clock;
use crate::measure::model_map::ModelMap;
use crate::measure::report::Capabilities;
use std::cell::{Cell, RefCell};
use std::future;
use std::rc::Rc;

/// How often the page shows what there is, in ms.
const SHOW_MS: f64 = 150.0;
/// How long it gets for that, in ms: a little more than a frame.
const PAINT_MS: u32 = 24;

/// Measures `map` until nothing of it is left; `show` is called now and then.
///
/// # Errors
/// `Unavailable` where nothing can run at all.
pub async fn measure_map(
    capabilities: Capabilities,
    map: Rc<RefCell<ModelMap>>,
    show: impl Fn(&ModelMap),
) -> Result<()> {
    let mut experiment = {
        let map = map.borrow();
        map.plan().experiment(map.plan().typical())?
    };
    experiment.spans = false;
    let go_on: GoOn = Box::new(|| Box::pin(future::ready(())));
    let (tell, enough) = (Box::new(|_| {}), Rc::default());
    let fleet =
        BrowserFleet::new(capabilities, None, &experiment, tell, go_on, enough, None).await?;
    let shown_ms = Cell::new(f64::NEG_INFINITY);
    let tell = async || {
        let now_ms = BrowserClock.now_ms();
        if now_ms - shown_ms.get() >= SHOW_MS {
            shown_ms.set(now_ms);
            show(&map.borrow());
            turn::sleep(PAINT_MS).await;
        }
    };
    measure(&fleet, &map, tell).await
}
