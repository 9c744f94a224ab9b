//! Saving reports and charts as files.

use crate::browser::{download, picture_export};
use crate::exchange::{self, Format};
use crate::failure::Result;
use crate::measure::report::Report;
use crate::ui::charts::view::tools::ChartToSave;
use yew::platform::spawn_local;

/// How many pixels of the picture a pixel of the chart becomes.
const SCALE: f64 = 2.0;

/// Offers a report as a file.
///
/// # Errors
/// As [`download::offer`].
pub fn report(report: &Report, format: Format) -> Result<()> {
    let name = format!("playground-{}.{}", report.experiment.workload.id().id(), format.ending());
    let text = exchange::write(report, format);
    download::offer(&name, format.mime(), text.as_bytes())
}

/// Offers a chart as a file, and tells whoever wants it what failed.
pub fn chart(wanted: ChartToSave) {
    spawn_local(async move {
        wanted.on_saved.emit(save(&wanted).await.err());
    });
}

async fn save(wanted: &ChartToSave) -> Result<()> {
    let ChartToSave { section, name, as_png, .. } = wanted;
    if *as_png {
        let picture = picture_export::png(section, SCALE).await?;
        return download::offer_file(&format!("{name}.png"), picture);
    }
    let text = picture_export::svg_text(section).ok_or_else(picture_export::nothing_drawn)?;
    download::offer(&format!("{name}.svg"), "image/svg+xml", text.as_bytes())
}
