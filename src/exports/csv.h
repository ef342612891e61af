#pragma once

#include <string>

#include "project/snapshot.h"

namespace dramatis {

/// One line for each track:
/// track,shot,person,name,start_frame,end_frame,start_s,end_s,best_face_frame. Pictures and ignored
/// persons have no person. Commas, quotation marks and line breaks as RFC 4180.
std::string csv_export(const Snapshot& snapshot);

/// One line for each person that counts, in the order of the cast.
std::string csv_people_export(const Snapshot& snapshot);

/// A field as RFC 4180 wants it, quoted where it must be.
std::string csv_field(const std::string& text);

}  // namespace dramatis
