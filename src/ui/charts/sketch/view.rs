//! "Predict first": the pad on which a reader draws the speedups that they expect, by
//! pointer, by keys, or as numbers.

use crate::measure::format;
use crate::ui::charts::sketch::{HEIGHT, LEAST, Pad, Sketch};
use crate::ui::charts::speedups::ROOM;
use crate::ui::charts::view::parts::{counts, path, ticks};
use crate::ui::charts::{px, view_box};
use crate::ui::shell::hooks::use_width;
use std::rc::Rc;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

/// How much a key changes a speedup; Page Up and Page Down change it by 1.
const STEP: f64 = 0.1;

const KEYS: &str = "Draw the speedup that you expect. With the arrow keys: left and right choose \
                    the number of workers, up and down set its speedup.";

/// See [`SketchPad`].
#[derive(PartialEq, Properties)]
pub struct SketchPadProps {
    /// What is drawn so far.
    pub sketch: Rc<Sketch>,
    /// Whether it may be changed: not while the run is under way.
    pub disabled: bool,
    /// Told what is drawn.
    pub on_change: Callback<Sketch>,
}

/// The pad, a line that reads it, and the same as numbers.
#[component]
pub fn SketchPad(props: &SketchPadProps) -> Html {
    let (node, width) = use_width(320.0);
    let surface = use_node_ref();
    let chosen = use_state_eq(|| 2_u32);
    let drag_from = use_mut_ref(|| None::<(f64, f64)>);
    let most = props.sketch.workers();
    let pad = Pad::new(most, width);
    let now = (*chosen).clamp(1, most);

    let draw = {
        let (sketch, on_change) = (props.sketch.clone(), props.on_change.clone());
        let (chosen, drag_from) = (chosen.setter(), drag_from.clone());
        move |event: &PointerEvent| {
            let to = (f64::from(event.offset_x()), f64::from(event.offset_y()));
            let from = drag_from.replace(Some(to)).unwrap_or(to);
            let mut next = Sketch::clone(&sketch);
            next.drag(&pad, from, to);
            chosen.set(pad.nearest(to.0));
            on_change.emit(next);
        }
    };
    let disabled = props.disabled;
    let onpointerdown = {
        let (draw, drag_from, surface) = (draw.clone(), drag_from.clone(), surface.clone());
        Callback::from(move |event: PointerEvent| {
            if disabled || event.button() != 0 {
                return;
            }
            // So that the line goes on where the pointer leaves the pad; where it cannot be
            // captured, the line ends there.
            if let Some(surface) = surface.cast::<Element>() {
                let _ = surface.set_pointer_capture(event.pointer_id());
            }
            drag_from.replace(None);
            draw(&event);
        })
    };
    let onpointermove = Callback::from(move |event: PointerEvent| {
        if !disabled && event.buttons() & 1 == 1 {
            draw(&event);
        }
    });
    let onkeydown = {
        let (sketch, on_change) = (props.sketch.clone(), props.on_change.clone());
        let chosen = chosen.setter();
        Callback::from(move |event: KeyboardEvent| {
            // The browser's own keys stay its own.
            if event.ctrl_key() || event.alt_key() || event.meta_key() {
                return;
            }
            let mut by = 0.0;
            match event.key().as_str() {
                "ArrowLeft" => chosen.set(now.saturating_sub(1).max(1)),
                "ArrowRight" => chosen.set((now + 1).min(most)),
                "Home" => chosen.set(1),
                "End" => chosen.set(most),
                "ArrowUp" => by = STEP,
                "ArrowDown" => by = -STEP,
                "PageUp" => by = 1.0,
                "PageDown" => by = -1.0,
                _ => return,
            }
            event.prevent_default();
            if by != 0.0 && !disabled {
                let mut next = Sketch::clone(&sketch);
                next.nudge(now, by);
                on_change.emit(next);
            }
        })
    };
    html! {
        <div class="chart">
            <div ref={node}>
                <svg ref={surface} class={classes!("pad", disabled.then_some("off"))} width={px(width)}
                    height={px(HEIGHT)}
                viewBox={view_box(width, HEIGHT)} tabindex="0" role="application"
                    aria-roledescription="drawing pad" aria-label="Your sketch of the speedup"
                    aria-describedby="sketch-keys" aria-disabled={disabled.to_string()}
                    {onpointerdown} {onpointermove} {onkeydown}>
                    { drawing(&pad, &props.sketch, now) }
                </svg>
            </div>
            <p class="readout" aria-live="polite">{ readout(&props.sketch, now) }</p>
            <p class="help" id="sketch-keys">{ KEYS }</p>
            <details>
                <summary>{ "As numbers" }</summary>
                <div class="sketch-numbers" role="group" aria-label="Expected speedups">
                    { for (2..=most).map(|workers| number(props, workers)) }
                </div>
            </details>
        </div>
    }
}

fn drawing(pad: &Pad, sketch: &Sketch, chosen: u32) -> Html {
    let (left, right, foot) = (pad.across.from, pad.across.to, pad.up.from);
    let dot = |(at, (x, y)): (u32, (f64, f64))| {
        let (class, r) = if at == chosen { ("chosen", "6") } else { ("", "4") };
        html! { <circle {class} cx={px(x)} cy={px(y)} {r} /> }
    };
    html! {
        <>
            { counts(&pad.up.whole_numbers(ROOM), left, right) }
            { ticks(&pad.across.whole_numbers(ROOM), foot - 4.0, foot) }
            { path("curve ideal", pad.ideal()) }
            { path("curve sketch", pad.line(sketch)) }
            <g class="handles">{ for (1..).zip(pad.dots(sketch)).map(dot) }</g>
        </>
    }
}

fn readout(sketch: &Sketch, chosen: u32) -> String {
    match sketch.speedup(chosen) {
        Some(_) if chosen == 1 => "1 worker: always 1.00×.".to_owned(),
        Some(speedup) => format!("{chosen} workers: {}× as fast.", format::times(speedup)),
        None => String::new(),
    }
}

/// The field for so many workers.
fn number(props: &SketchPadProps, workers: u32) -> Html {
    let shown = props.sketch.speedup(workers).map(|speedup| format!("{speedup:.1}"));
    let shown = shown.unwrap_or_default();
    let onchange = {
        let (sketch, shown) = (props.sketch.clone(), shown.clone());
        let on_change = props.on_change.clone();
        Callback::from(move |event: Event| {
            let field = event.target_unchecked_into::<HtmlInputElement>();
            let Ok(speedup) = field.value().parse::<f64>() else {
                // What is no number makes place for what is drawn.
                return field.set_value(&shown);
            };
            let mut next = Sketch::clone(&sketch);
            next.set(workers, speedup);
            let kept = next.speedup(workers).unwrap_or_default();
            field.set_value(&format!("{kept:.1}"));
            on_change.emit(next);
        })
    };
    html! {
        <label key={workers}>
            { format!("{workers} workers") }
            <span class="number">
                <input type="number" min={LEAST.to_string()} max={props.sketch.workers().to_string()}
                    step={STEP.to_string()} value={shown} {onchange} disabled={props.disabled} />
            </span>
        </label>
    }
}
