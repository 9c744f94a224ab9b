//! What runs inside the compute binary, which every model runs: on the page's own
//! thread as a [`job`], in a worker with a memory of its own as a [`process`], or
//! in a coordinator with a pool of threads as a [`coordinator`].

#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
compile_error!("compute needs shared memory: build it with `cargo xtask compute`");

mod calibration;
mod call;
pub mod coordinator;
mod crew;
mod faults;
pub mod job;
mod pitfalls;
mod pool;
mod pool_thread;
mod primitives;
pub mod process;
mod process_state;
mod reply;
mod serve;
mod stage_pool;
mod stages;
mod wait;

pub use serve::serve;
pub use wasm_bindgen_rayon::init_thread_pool;
