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

/// Two quiet buttons that save a chart; `saved_as` is what was run, for the file's name. Without it there is no
/// chart to save.
pub fn chart_tools(
    section: &'static str,
    title: AttrValue,
    saved_as: Option<&'static str>,
) -> Html {
    match saved_as {
        Some(saved_as) => html! { <ChartTools {section} {title} {saved_as} /> },
        // Not the component, which is no part of a first visit.
        None => html! {
            <div class="chart-tools">{ button(&title, "SVG", None) }{ button(&title, "PNG", None) }</div>
        },
    }
}

fn button(title: &str, format: &'static str, on_save: Option<Callback<MouseEvent>>) -> Html {
    let disabled = on_save.is_none();
    html! {
        <button type="button" class="button quiet" onclick={on_save} {disabled}
            aria-label={format!("Save the chart ‘{title}’ as {format}")}>{ format }</button>
    }
}

/// See [`ChartTools`].
#[derive(PartialEq, Properties)]
struct ChartToolsProps {
    /// The id of the chart's section.
    section: &'static str,
    /// What the chart is called.
    title: AttrValue,
    /// What was run, for the file's name.
    saved_as: &'static str,
}

/// The buttons, and why saving failed, if it did.
#[component]
fn ChartTools(props: &ChartToolsProps) -> Html {
    let failed = use_state_eq(|| None::<Failure>);
    let save = use_context::<SaveChart>();
    let (section, saved_as) = (props.section, props.saved_as);
    let button = |format: &'static str, as_png: bool| {
        let (failed, save) = (failed.setter(), save.clone());
        let on_save = Callback::from(move |_: MouseEvent| {
            let Some(save) = &save else { return };
            let name = format!("playground-{section}-{saved_as}");
            let failed = failed.clone();
            let on_saved = Callback::from(move |failure| failed.set(failure));
            save.emit(ChartToSave { section, name, as_png, on_saved });
        });
        button(&props.title, format, Some(on_save))
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
