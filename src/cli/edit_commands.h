#pragma once

namespace CLI {
class App;
}

namespace dramatis {

/// What the user knows, besides names: `merge`, `split`, `ignore`, `picture`, `same`, `different`,
/// `release`; and `undo`, `redo`, `history`. Each is a decision that survives every later run.
void add_merge_command(CLI::App& app);
void add_split_command(CLI::App& app);
void add_ignore_command(CLI::App& app);
void add_picture_command(CLI::App& app);
void add_same_command(CLI::App& app);
void add_different_command(CLI::App& app);
void add_release_command(CLI::App& app);
void add_undo_command(CLI::App& app);
void add_redo_command(CLI::App& app);
void add_history_command(CLI::App& app);
/// All of them.
void add_edit_commands(CLI::App& app);

}  // namespace dramatis
