//! Operations as people perform them, on the sample college.

mod sample;
