//! What came out of a run: the sentence, why, and a view for each tab.

pub mod answer;
pub mod blurred;
pub mod code_card;
pub mod faults_card;
pub mod findings;
pub mod keep_card;
pub mod lesson_outcome;
pub mod prediction;
pub mod result_tabs;
pub mod results_table;
pub mod studies;
pub mod verdict;
