//! The whole tree in words: the same content as the diagram and the cards.

use crate::decision::path::{Mark, href, joined};
use crate::decision::{Node, TREE, Walk};
use crate::ui::decide::advice;
use crate::ui::decide::words::words;
use yew::prelude::*;

/// The tree as nested lists, the path marked.
pub fn outline(walk: &Walk) -> Html {
    html! {
        <details class="card decide-outline" open=true>
            <summary><h2>{ "The whole tree as an outline" }</h2></summary>
            { branch(Node::Question(&TREE), "", walk) }
        </details>
    }
}

fn branch(node: Node, path: &str, walk: &Walk) -> Html {
    match node {
        Node::Question(question) => html! {
            <div class="decide-branch">
                <p><strong>{ question.text }</strong></p>
                <p class="decide-soft">
                    { "How you would find out: " }
                    { words(question.how_to_find_out) }
                </p>
                <ul>
                    { for question.answers.iter().map(|answer| {
                        let path = joined(path, answer.id);
                        let mark = walk.mark(answer.next);
                        html! {
                            <li class={mark.is_on_path().then_some("decide-on-path")}>
                                <p>
                                    { check(mark) }
                                    <a
                                        href={href(&path)}
                                        aria-current={(mark == Mark::Here).then_some("step")}
                                    >
                                        { answer.label }
                                    </a>
                                    { ". " }
                                    { words(answer.detail) }
                                </p>
                                { branch(answer.next, &path, walk) }
                            </li>
                        }
                    }) }
                </ul>
            </div>
        },
        Node::Leaf(leaf) => html! {
            <div class="decide-branch">
                <p><strong>{ leaf.title }</strong></p>
                { advice::model(leaf) }
                <p>{ words(leaf.why) }</p>
                { advice::details(leaf) }
                { advice::lab_links(leaf, false) }
            </div>
        },
    }
}

fn check(mark: Mark) -> Html {
    if mark.is_on_path() {
        html! {
            <>
                <span class="decide-check" aria-hidden="true">{ "✓" }</span>
                <span class="decide-hidden">{ "On your path: " }</span>
            </>
        }
    } else {
        html! {}
    }
}
