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
pub mod scaling_card;
pub mod sharing_card;
pub mod start_up_card;
pub mod study_controls;
pub mod verdict;
