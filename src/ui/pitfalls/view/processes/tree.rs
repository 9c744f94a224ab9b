//! The tree of workers that started workers. Where everything goes is
//! `pitfalls::programs::processes::generations`'.

use crate::pitfalls::programs::processes::generations::{BOX_HEIGHT, Generations, Tree, TreeBox};
use yew::prelude::*;

/// How wide the tree is, in pixels: it fits into a phone's card.
const WIDTH: f64 = 272.0;

/// The tree, from the page on the left to the last generation on the right.
pub fn tree(generations: &Generations) -> Html {
    let tree = generations.tree(WIDTH);
    let Tree { width, height, box_width, boxes, lines } = &tree;
    html! {
        <figure class="worker-tree">
            <svg width={width.to_string()} height={height.to_string()} role="img"
                viewBox={format!("0 0 {width} {height}")}
                aria-label={format!("Tree of workers. {}.", tree.lines_of_text().join(". "))}>
                { for lines.iter().map(|[(x, y), (to_x, to_y)]| html! {
                    <path d={format!("M{x} {y}L{to_x} {to_y}")} />
                }) }
                { for boxes.iter().map(|one| worker(one, *box_width)) }
            </svg>
            <figcaption class="help">
                { "Each line leads from a program to a worker that it started: 2.1 is the first worker \
                   that worker 2 started." }
            </figcaption>
        </figure>
    }
}

fn worker(one: &TreeBox, width: f64) -> Html {
    html! {
        <g data-worker={one.label()}>
            <rect x={one.x.to_string()} y={one.y.to_string()} width={width.to_string()}
                height={BOX_HEIGHT.to_string()} rx="4" />
            <text x={(one.x + width / 2.0).to_string()}
                y={(one.y + BOX_HEIGHT * 0.7).to_string()}>{ one.label() }</text>
        </g>
    }
}
