//! A picture before and after it was blurred.

use crate::ui::lab::state::Results;
use crate::ui::shell::hooks::{Pixels, use_canvas};
use crate::workloads::Workload;
use std::rc::Rc;
use yew::prelude::*;

/// See [`Blurred`].
#[derive(PartialEq, Properties)]
pub struct BlurredProps {
    /// The run.
    pub results: Rc<Results>,
    /// The model whose picture is shown.
    pub shown: usize,
}

/// The picture before and after.
#[component]
pub fn Blurred(props: &BlurredProps) -> Html {
    let before = use_canvas(props.results.clone(), |results| {
        // Where there is no room for it, its place stays empty.
        let bytes = results.experiment.workload.input(results.own.as_ref());
        pixels(results, bytes.ok())
    });
    let after = use_canvas((props.results.clone(), props.shown), |(results, shown)| {
        pixels(results, results.finished.merged.get(*shown).cloned().flatten())
    });
    let model = props.results.finished.report.results.get(props.shown);
    let model = model.map_or_else(String::new, |one| format!(", by {}", one.executor.label()));
    let figure = |node: NodeRef, id: &'static str, said: String| {
        html! {
            <figure>
                <canvas ref={node} {id} class="picture" width="1" height="1" role="img"
                    aria-label={said.clone()}></canvas>
                <figcaption class="help">{ said }</figcaption>
            </figure>
        }
    };
    html! {
        <div class="pair">
            { figure(before, "before", "Before".to_owned()) }
            { figure(after, "after", format!("Blurred{model}")) }
        </div>
    }
}

fn pixels(results: &Results, rgba: Option<Vec<u8>>) -> Option<Pixels> {
    match &results.experiment.workload {
        Workload::Blur(blur) => Some(
            rgba.map_or_else(Pixels::none, |rgba| Pixels { size: [blur.width, blur.height], rgba }),
        ),
        _ => None,
    }
}
