//! Saving a chart as a picture.

use crate::failure::Failure;
use yew::prelude::*;

/// A chart that is to be saved as a file.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartToSave {
    /// The id of the chart's section.
    pub section: &'static str,
    /// The file's name, without what says its format.
    pub name: String,
    /// Whether as PNG; otherwise as SVG.
    pub as_png: bool,
    /// Told once it is saved, or why it is not.
    pub on_saved: Callback<Option<Failure>>,
}

/// Saves a chart; the app provides it.
pub type SaveChart = Callback<ChartToSave>;

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
    let save = use_context::<SaveChart>();
    let (section, title, saved_as) = (props.section, &props.title, props.saved_as);
    let button = |format: &'static str, as_png: bool| {
        let (failed, save) = (failed.setter(), save.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let (Some(workload), Some(save)) = (saved_as, &save) else { return };
            let name = format!("playground-{section}-{workload}");
            let failed = failed.clone();
            let on_saved = Callback::from(move |failure| failed.set(failure));
            save.emit(ChartToSave { section, name, as_png, on_saved });
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
