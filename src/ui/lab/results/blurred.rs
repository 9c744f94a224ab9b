//! A picture before and after it was blurred.

use crate::browser::page;
use crate::ui::lab::state::Results;
use crate::workloads::Workload;
use crate::workloads::blur::Blur;
use std::rc::Rc;
use web_sys::HtmlCanvasElement;
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
    let [before, after] = [use_node_ref(), use_node_ref()];
    let node = before.clone();
    use_effect_with(props.results.clone(), move |results| {
        if let (Some(blur), Some(canvas)) = (blur(results), node.cast()) {
            // Where there is no room for it, its place stays empty.
            let bytes = results.experiment.workload.input(results.own.as_ref());
            paint(blur, bytes.ok().as_deref(), &canvas);
        }
    });
    let node = after.clone();
    use_effect_with((props.results.clone(), props.shown), move |(results, shown)| {
        if let (Some(blur), Some(canvas)) = (blur(results), node.cast()) {
            let merged = results.finished.merged.get(*shown).and_then(Option::as_ref);
            paint(blur, merged.map(|merged| &merged[..]), &canvas);
        }
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

fn blur(results: &Results) -> Option<&Blur> {
    match &results.experiment.workload {
        Workload::Blur(blur) => Some(blur),
        _ => None,
    }
}

fn paint(blur: &Blur, rgba: Option<&[u8]>, canvas: &HtmlCanvasElement) {
    match rgba {
        Some(rgba) => page::draw(canvas, blur.width as u32, blur.height as u32, rgba),
        None => page::draw(canvas, 1, 1, &[0; 4]),
    }
}
