//! What pages are made of. Components take their data and a callback, and print.

pub mod bars_chart;
pub mod experiment_form;
pub mod field;
pub mod header;
pub mod heart;
pub mod models;
pub mod outcomes;
pub mod picture_view;
pub mod results_table;
pub mod timeline_chart;
pub mod timeline_legend;
pub mod verdict;
