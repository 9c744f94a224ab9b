//! The tree as a diagram. Where everything goes is `decision::layout`'s.

use crate::decision::layout::{BADGE_RADIUS, ChartEdge, ChartNode, EdgeFigure, Line, Rect};
use crate::decision::path::{self, Mark};
use crate::decision::{Node, TREE, TreeLayout, Walk};
use crate::ui::decide::advice::model_class;
use yew::prelude::*;

/// Widths of the diagram, in pixels; the styles show the one that fits.
const WIDTHS: [(f64, &str); 2] = [(780.0, "decide-medium"), (1080.0, "decide-large")];

/// The tree with the path lit up, and with the `figures` that its answers were given by; every box
/// is a link to its place in the tree. It is there in all widths.
pub fn diagrams(walk: &Walk, figures: &[EdgeFigure]) -> Html {
    WIDTHS.into_iter().map(|(width, class)| diagram(walk, figures, width, class)).collect()
}

/// The tree, drawn `width` pixels wide. The style `class` shows or hides it.
fn diagram(walk: &Walk, figures: &[EdgeFigure], width: f64, class: &'static str) -> Html {
    let chart = TreeLayout::of(&TREE, width, figures);
    let caption = match figures {
        [] => "Your path is the thick line with the check marks. Choose any box to go there.",
        _ => {
            "The path of your figures is the thick line with the check marks. Choose any box to go there."
        }
    };
    let text = walk.text();
    // Lit lines last: they lie on top of the others where both begin.
    let (lit, dim): (Vec<_>, Vec<_>) =
        chart.edges.iter().partition(|edge| leads_to(&text, &edge.path));
    html! {
        <figure key={class} class={classes!("card", "decide-diagram", class)}>
            <svg
                width={chart.width.to_string()}
                height={chart.height.to_string()}
                role="group"
                aria-label="The whole tree as a diagram"
            >
                { for dim.into_iter().map(|edge| line(edge, "decide-edge", &text)) }
                { for lit.into_iter().map(|edge| line(edge, "decide-edge decide-lit", &text)) }
                { for chart.nodes.iter().map(|node| place(node, walk.mark(node.node))) }
            </svg>
            <figcaption class="decide-soft">{ caption }</figcaption>
        </figure>
    }
}

/// Whether the place at `path` is on the way to `walked`, or is its end.
fn leads_to(walked: &str, path: &str) -> bool {
    let rest = walked.strip_prefix(path);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(path::SEPARATOR))
}

fn line(edge: &ChartEdge, class: &'static str, walked: &str) -> Html {
    // A line that the answers have ruled out ends at a box that neither lies
    // on the way nor follows from it.
    let open = leads_to(walked, &edge.path) || walked.is_empty() || leads_to(&edge.path, walked);
    html! { <path class={classes!(class, (!open).then_some("decide-ruled-out"))} d={edge.d()} /> }
}

fn place(node: &ChartNode, mark: Mark) -> Html {
    let (kind, radius, model) = match node.node {
        Node::Question(_) => ("Question", 6.0, None),
        Node::Leaf(leaf) => ("Advice", 14.0, Some(model_class(leaf))),
    };
    let answer = match node.figure.as_slice() {
        [] => joined(&node.answer),
        figure => format!("{} ({})", joined(&node.answer), joined(figure)),
    };
    let state = match mark {
        Mark::Passed => ", on your path",
        Mark::Here => ", where you are",
        Mark::Ahead | Mark::Aside => "",
    };
    let label = match answer.as_str() {
        "" => format!("{kind}: {}{state}", node.node.label()),
        _ => format!("{answer}. {kind}: {}{state}", node.node.label()),
    };
    let Rect { x, y, width, height } = node.rect;
    html! {
        <a
            key={node.path.clone()}
            class={classes!("decide-node", format!("decide-{}", mark.id()), model.clone())}
            href={path::href(&node.path)}
            aria-label={label.clone()}
            aria-current={(mark == Mark::Here).then_some("step")}
        >
            <title>{ label }</title>
            { for node.answer.iter().map(|line| text(line, "decide-node-answer")) }
            { for node.figure.iter().map(|line| text(line, "decide-node-figure")) }
            <rect
                class="decide-box"
                x={x.to_string()}
                y={y.to_string()}
                width={width.to_string()}
                height={height.to_string()}
                rx={radius.to_string()}
            />
            if model.is_some() {
                <rect
                    class="decide-bar"
                    x={(node.rect.right() - 10.0).to_string()}
                    y={(y + 9.0).to_string()}
                    width="4"
                    height={(height - 18.0).to_string()}
                    rx="2"
                />
            }
            { for node.title.iter().map(|line| text(line, "decide-node-title")) }
            if mark.is_on_path() {
                { badge(&node.rect) }
            }
        </a>
    }
}

/// The check mark on the left edge of a box.
fn badge(rect: &Rect) -> Html {
    let (x, y) = (rect.x, rect.middle());
    html! {
        <g class="decide-badge">
            <circle cx={x.to_string()} cy={y.to_string()} r={BADGE_RADIUS.to_string()} />
            <path d={format!("M{} {}l2.6 2.8l4.6 -5.4", x - 3.6, y + 0.4)} />
        </g>
    }
}

fn text(line: &Line, class: &'static str) -> Html {
    html! {
        <text {class} x={line.x.to_string()} y={line.y.to_string()}>{ line.text.clone() }</text>
    }
}

fn joined(lines: &[Line]) -> String {
    let texts: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
    texts.join(" ")
}
