//! Saving a chart as a picture.

use crate::browser::{download, picture_export};
use crate::failure::Failure;
use yew::platform::spawn_local;
use yew::prelude::*;

/// How many pixels of the picture a pixel of the chart becomes.
const SCALE: f64 = 2.0;

/// See [`ChartTools`].
#[derive(PartialEq, Properties)]
pub struct ChartToolsProps {
    /// The id of the chart's section.
    pub section: &'static str,
    /// What the chart is called.
    pub title: AttrValue,
    /// What was run, for the file's name; nothing while there is no chart to save.
    pub saved_as: Option<&'static str>,
}

/// Two quiet buttons, and why saving failed, if it did.
#[component]
pub fn ChartTools(props: &ChartToolsProps) -> Html {
    let failed = use_state_eq(|| None::<Failure>);
    let (section, title, saved_as) = (props.section, &props.title, props.saved_as);
    let button = |format: &'static str, as_png: bool| {
        let failed = failed.setter();
        let onclick = Callback::from(move |_: MouseEvent| {
            let (Some(workload), failed) = (saved_as, failed.clone()) else { return };
            spawn_local(async move {
                let name = format!("playground-{section}-{workload}");
                failed.set(save(section, &name, as_png).await.err());
            });
        });
        html! {
            <button type="button" class="button quiet" {onclick} disabled={saved_as.is_none()}
                aria-label={format!("Save the chart ‘{title}’ as {format}")}>{ format }</button>
        }
    };
    html! {
        <div class="chart-tools">
            { button("SVG", false) }
            { button("PNG", true) }
            if let Some(failure) = &*failed {
                <p class="error" role="alert">{ failure.message() }</p>
            }
        </div>
    }
}

async fn save(section: &str, name: &str, as_png: bool) -> Result<(), Failure> {
    if as_png {
        let picture = picture_export::png(section, SCALE).await?;
        return download::offer_file(&format!("{name}.png"), picture);
    }
    let text = picture_export::svg_text(section).ok_or_else(picture_export::nothing_drawn)?;
    download::offer(&format!("{name}.svg"), "image/svg+xml", text.as_bytes())
}
