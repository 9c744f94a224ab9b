//! The picture that was computed, and who computed which tile of it.

use crate::measure::Lane;
use crate::ui::charts::picture;
use crate::ui::lab::state::{self, Action, Results};
use crate::ui::shell::hooks::{Pixels, use_canvas};
use crate::workloads::Work;
use std::rc::Rc;
use yew::prelude::*;

/// See [`PictureView`].
#[derive(PartialEq, Properties)]
pub struct PictureViewProps {
    /// What to show; nothing before the first run.
    pub results: Option<Rc<Results>>,
    /// Which of the models is shown.
    pub shown: usize,
    /// Whether tiles are coloured by the worker that computed them.
    pub by_worker: bool,
    /// The picture's size, before it is there.
    pub size: (usize, usize),
    /// Told what the colours are to mean.
    pub dispatch: Callback<Action>,
}

/// The picture, or its place before there is one.
#[component]
pub fn PictureView(props: &PictureViewProps) -> Html {
    let drawn =
        props.results.clone().filter(|results| state::picture(&results.experiment).is_some());
    let painted = (drawn.clone(), props.shown, props.by_worker);
    let canvas = use_canvas(painted, |(results, shown, by_worker)| {
        pixels(results.as_ref()?, *shown, *by_worker)
    });
    let outcome =
        drawn.as_ref().and_then(|results| results.finished.report.results.get(props.shown));
    let model = outcome.map(|outcome| outcome.executor.label());
    let switch = |by_worker: bool, word: &'static str| {
        let onclick =
            props.dispatch.reform(move |_: MouseEvent| Action::ColouredByWorker(by_worker));
        html! {
            <button type="button" class="segment" {onclick}
                aria-pressed={(props.by_worker == by_worker).to_string()}>{ word }</button>
        }
    };
    let (width, height) = match &drawn {
        Some(results) => {
            state::picture(&results.experiment).map_or(props.size, |m| (m.width, m.height))
        }
        None => props.size,
    };
    html! {
        <section class="card chart" id="picture-card" aria-label="Picture">
            <div class="chart-head">
                <h2 class="label">{ match &model {
                    Some(model) => format!("The picture, computed by {model}"),
                    None => "The picture".to_owned(),
                } }</h2>
                <div class="segments" role="group" aria-label="Colours">
                    { switch(false, "by steps") }
                    { switch(true, "by worker") }
                </div>
            </div>
            <canvas ref={canvas} id="picture" class={classes!("picture", drawn.is_none().then_some("blank"))}
                width={width.to_string()} height={height.to_string()} role="img"
                aria-label={if drawn.is_none() { "Nothing drawn yet" }
                    else if props.by_worker { "The Mandelbrot set, each tile in the colour of the worker that computed it" }
                    else { "The Mandelbrot set, coloured by the number of steps" }}></canvas>
            if let Some(outcome) = outcome.filter(|_| props.by_worker) {
                { owners(&outcome.lanes) }
            }
        </section>
    }
}

/// Which colour is whose, and how many tiles each computed.
fn owners(lanes: &[Lane]) -> Html {
    let entry = |(at, lane): (usize, &Lane)| {
        let tiles = picture::tiles_of(lane);
        let [red, green, blue] = picture::lane_colour(at);
        (tiles > 0).then(|| {
            html! {
                <li>
                    <svg width="18" height="12" aria-hidden="true">
                        <rect width="18" height="12" rx="2" fill={format!("rgb({red},{green},{blue})")} />
                    </svg>
                    { format!("{}: {tiles} tiles", lane.id) }
                </li>
            }
        })
    };
    html! { <ul class="legend owners">{ for lanes.iter().enumerate().filter_map(entry) }</ul> }
}

fn pixels(results: &Results, shown: usize, by_worker: bool) -> Option<Pixels> {
    let mandelbrot = state::picture(&results.experiment)?;
    let Some(merged) = results.finished.merged.get(shown).and_then(Option::as_ref) else {
        return Some(Pixels::none());
    };
    let rgba = if by_worker {
        let lanes = &results.finished.report.results[shown].lanes;
        picture::by_owner(mandelbrot, merged, &picture::owners(lanes, mandelbrot.task_count()))
    } else {
        picture::by_steps(mandelbrot, merged)
    };
    Some(Pixels { size: [mandelbrot.width, mandelbrot.height], rgba })
}
