//! A waits-for graph. Where everything goes is `pitfalls::waits::layout`'s.

use crate::pitfalls::programs::cast::Cast;
use crate::pitfalls::waits::layout::{Arrow, NodeBox, WIDTH, WaitsForGraph};
use crate::pitfalls::waits::snapshot::Snapshot;
use crate::pitfalls::waits::words;
use yew::prelude::*;

/// The graph of those that wait for ever.
pub fn graph(snapshot: &Snapshot, cast: &Cast) -> Html {
    let WaitsForGraph { height, boxes, arrows } = WaitsForGraph::of(snapshot, cast);
    html! {
        <figure class="waits-for">
            <svg width={WIDTH.to_string()} height={height.to_string()} role="img"
                viewBox={format!("0 0 {WIDTH} {height}")}
                aria-label={format!("Waits-for graph. {}", words::of(snapshot, cast))}>
                { for arrows.iter().map(arrow) }
                { for boxes.iter().map(node) }
            </svg>
            <figcaption class="help">
                { "Solid arrows lead to what each one waits for, dashed ones from there to who can \
                   provide it." }
            </figcaption>
        </figure>
    }
}

fn arrow(arrow: &Arrow) -> Html {
    let class = if arrow.waits { "waits" } else { "up-to" };
    html! {
        <g {class}>
            <path class="line" d={arrow.line.clone()} />
            <path class="head" d={arrow.head.clone()} />
        </g>
    }
}

fn node(node: &NodeBox) -> Html {
    let (class, round) = if node.is_actor { ("actor", "4") } else { ("resource", "14") };
    html! {
        <g {class}>
            <rect x={node.x.to_string()} y={node.y.to_string()} width={node.width.to_string()}
                height={node.height.to_string()} rx={round} />
            { for node.lines.iter().map(|(line, x, y)| html! {
                <text x={x.to_string()} y={y.to_string()}>{ line.clone() }</text>
            }) }
        </g>
    }
}
