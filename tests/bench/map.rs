//! The map of models: how soon it stands, and whether the advisor's prediction agrees with it.

use super::support::Page;
use super::support::server::Site;
use super::table::{self, Bar};

/// Cells of the coarsest picture.
const FIRST_CELLS: u64 = 12;

/// Measures each map, and says when its first picture stood and when all of it did; then measures the cells,
/// too, that were taken to be as those around them, and says in how many the prediction was right.
pub async fn maps(page: &Page, site: &Site, busy: bool) {
    table::section("Maps of models, from the press of the button, and the prediction beside them");
    for query in [
        "view=payload&threads=threads-gil",
        "view=payload&threads=threads",
        "view=waiting&threads=threads-gil",
        "view=waiting&threads=threads",
        "view=cores&threads=threads",
    ] {
        page.visit(&site.url(&format!("#/decide/map?{query}"))).await;
        page.appears("#measure-map:not([disabled])").await;
        let watch = "
            const began = performance.now();
            const first = args[0];
            document.querySelector('#measure-map').click();
            const times = {};
            const agreement = () => document.querySelector('#agreement').textContent;
            for (;;) {
                await new Promise((drawn) => setTimeout(drawn, 50));
                const cells = Number.parseInt(document.querySelector('#cells-measured')?.textContent ?? '');
                if (cells >= first) times.first ??= (performance.now() - began) / 1000;
                const status = document.querySelector('#map-status').textContent;
                if (!times.all && /cells were measured/.test(status)) {
                    times.all = (performance.now() - began) / 1000;
                    times.first ??= times.all;
                    times.status = status;
                    times.borders = agreement();
                    document.querySelector('#measure-map')?.click();
                }
                if (/^All .* cells were measured/.test(status)) {
                    times.whole = (performance.now() - began) / 1000;
                    times.agreement = agreement();
                    return times;
                }
            }";
        let times = page.js(watch, &[FIRST_CELLS.into()]).await;
        let figure = |key: &str| times[key].as_f64().unwrap_or(f64::NAN);
        let seconds = |key| format!("{:.1} s", figure(key));
        println!("  {query}: {}", times["status"].as_str().unwrap_or_default());
        table::figure("first picture", &seconds("first"), figure("first"), Bar::AtMost(10.0), busy);
        table::figure("refined", &seconds("all"), figure("all"), Bar::AtMost(120.0), busy);
        let borders = times["borders"].as_str().unwrap_or_default();
        println!("    of these, mostly along the borders: {borders}");
        let said = times["agreement"].as_str().unwrap_or_default();
        println!("    of all, which took {}: {said}", seconds("whole"));
        let part = agreement(said);
        let shown = format!("{part:.3}");
        table::figure(
            "clear cells that the prediction agrees with",
            &shown,
            part,
            Bar::AtLeast(0.9),
            busy,
        );
    }
}

/// "… in 171 of 180 measured cells …".
fn agreement(said: &str) -> f64 {
    let words: Vec<_> = said.split_whitespace().collect();
    let numbers = words.windows(3).find_map(|words| match words {
        [agreed, "of", of] => Some((agreed.parse::<f64>().ok()?, of.parse::<f64>().ok()?)),
        _ => None,
    });
    numbers.map_or(f64::NAN, |(agreed, of)| agreed / of)
}
