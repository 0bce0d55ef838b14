//! Screens, forms, API and sessions over HTTP.

#![cfg_attr(not(test), warn(clippy::panic, clippy::indexing_slicing))]

pub mod api;
pub mod assets;
pub mod desk;
pub mod frame;
pub mod gate;
pub mod guard;
pub mod jobs;
pub mod ops;
pub mod parts;
pub mod router;
pub mod screens;
pub mod server;
pub mod show;
pub mod sign_on;
pub mod state;
pub mod tls;
pub mod words;

#[cfg(any(test, feature = "gallery"))]
pub mod gallery;
