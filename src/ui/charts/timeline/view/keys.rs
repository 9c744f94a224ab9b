//! Moving the timeline's view: by buttons and by keys.

use crate::ui::charts::timeline::View;
use crate::ui::charts::timeline::walk::Move;
use yew::prelude::*;

/// How much a step of the zoom changes the view.
const ZOOM_STEP: f64 = 0.6;
/// How far a step to the side goes, in views.
const PAN_STEP: f64 = 0.25;

/// What the keys do, in a sentence.
pub const KEYS: &str = "Arrow keys go from span to span. + and − zoom, Shift with an arrow key \
                        pans, 0 shows everything.";

/// The buttons that move the view; off while there is nothing to view.
pub fn zoom(set_view: &Callback<View>, now: Option<(View, f64)>) -> Html {
    let button = |name: &'static str, sign: &'static str, next: fn(View, f64) -> View| {
        let onclick = set_view.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if let Some((view, total_ms)) = now {
                onclick.emit(next(view, total_ms));
            }
        });
        html! {
            <button type="button" class="button quiet" {onclick} disabled={now.is_none()}
                aria-label={name}>{ sign }</button>
        }
    };
    html! {
        <div class="zoom">
            { button("Earlier", "←", |view, total_ms| view.panned(-PAN_STEP, total_ms)) }
            { button("Later", "→", |view, total_ms| view.panned(PAN_STEP, total_ms)) }
            { button("Zoom out", "−", |view, total_ms| view.zoomed(1.0 / ZOOM_STEP, view.middle_ms(), total_ms)) }
            { button("Zoom in", "+", |view, total_ms| view.zoomed(ZOOM_STEP, view.middle_ms(), total_ms)) }
            { button("Whole", "Whole", |_, total_ms| View::whole(total_ms)) }
        </div>
    }
}

/// What a key asks for.
pub enum Pressed {
    /// So many times as much time.
    Zoom(f64),
    /// To the side, by a part of the view.
    Pan(f64),
    /// All of it.
    Whole,
    /// To another span.
    Walk(Move),
}

impl Pressed {
    /// What `key` asks for, with or without Shift.
    pub fn of(key: &str, shift: bool) -> Option<Self> {
        Some(match (key, shift) {
            ("+" | "=", _) => Self::Zoom(ZOOM_STEP),
            ("-" | "_", _) => Self::Zoom(1.0 / ZOOM_STEP),
            ("0" | "Home", _) => Self::Whole,
            ("ArrowLeft", true) => Self::Pan(-PAN_STEP),
            ("ArrowRight", true) => Self::Pan(PAN_STEP),
            ("ArrowLeft", false) => Self::Walk(Move::Along(false)),
            ("ArrowRight", false) => Self::Walk(Move::Along(true)),
            ("ArrowUp", _) => Self::Walk(Move::Across(-1)),
            ("ArrowDown", _) => Self::Walk(Move::Across(1)),
            _ => return None,
        })
    }
}
