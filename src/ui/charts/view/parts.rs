//! What charts have in common: the marks of their axes, and their data as a table.

use crate::ui::charts::axis::Tick;
use crate::ui::charts::px;
use yew::prelude::*;

/// Marks of a time axis at `foot`, with lines from `top` on; all in px.
pub fn ticks(ticks: &[Tick], top: f64, foot: f64) -> Html {
    let mark = |tick: &Tick| {
        let x = px(tick.x);
        html! {
            <g class="tick">
                <line x1={x.clone()} x2={x.clone()} y1={px(top)} y2={px(foot)} />
                <text {x} y={px(foot + 16.0)} class={if tick.x < 20.0 { "at-start" } else { "" }}>
                    { &tick.label }
                </text>
            </g>
        }
    };
    ticks.iter().map(mark).collect()
}

/// Marks of a count, which goes upwards: `x` is how far down each is. With lines from
/// `left` to `right`; all in px.
pub fn counts(marks: &[Tick], left: f64, right: f64) -> Html {
    let mark = |mark: &Tick| {
        let y = px(mark.x);
        html! {
            <g class="tick">
                <line x1={px(left)} x2={px(right)} y1={y.clone()} y2={y} />
                { text("at-end", left - 6.0, mark.x + 4.0, mark.label.clone()) }
            </g>
        }
    };
    marks.iter().map(mark).collect()
}

/// An interval as a line with a stroke at either end, around `middle`, as SVG path data.
pub fn whisker([low, high]: [f64; 2], middle: f64) -> String {
    let (low, high, middle, top) = (px(low), px(high), px(middle), px(middle - 4.0));
    format!("M{low} {middle}H{high}M{low} {top}v8M{high} {top}v8")
}

/// As [`whisker`], upright.
pub fn upright_whisker([low, high]: [f64; 2], middle: f64) -> String {
    let (low, high, middle, left) = (px(low), px(high), px(middle), px(middle - 4.0));
    format!("M{middle} {low}V{high}M{left} {low}h8M{left} {high}h8")
}

/// The data of a chart, to be opened: the first of each row says what it is about.
pub fn data_table(heads: &[&'static str], rows: impl Iterator<Item = Vec<String>>) -> Html {
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let first = cells.next();
        html! { <tr><th scope="row">{ first }</th>{ for cells.map(|cell| html! { <td>{ cell }</td> }) }</tr> }
    };
    html! {
        <details class="data">
            <summary>{ "Table" }</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Table of the chart">
                <table>
                    <thead><tr>
                        { for heads.iter().map(|head| html! { <th scope="col">{ *head }</th> }) }
                    </tr></thead>
                    <tbody>{ for rows.map(row) }</tbody>
                </table>
            </div>
        </details>
    }
}

/// A rectangle at `[x, y, width, height]`, in px.
pub fn rect(class: &'static str, [x, y, width, height]: [f64; 4]) -> Html {
    html! { <rect {class} x={px(x)} y={px(y)} width={px(width)} height={px(height)} /> }
}

/// A path from its data.
pub fn path(class: &'static str, d: String) -> Html {
    html! { <path {class} {d} /> }
}

/// Words at a place, in px.
pub fn text(class: &'static str, x: f64, y: f64, words: String) -> Html {
    html! { <text {class} x={px(x)} y={px(y)}>{ words }</text> }
}
