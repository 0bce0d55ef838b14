//! Operations as people perform them, on the sample college and on fresh ones.

mod accounts;
mod article;
mod backups;
mod catalog;
mod clocks;
mod closing;
mod definitions;
mod exports;
mod gold;
mod growth;
mod growth_plans;
mod hostile;
mod imports;
mod matrix;
mod people;
mod reports;
mod sample;
mod sample_life;
mod secrets;
mod states;
mod status;
mod tampering;
mod texts;
mod thirds;
mod trace;
mod wrong;
