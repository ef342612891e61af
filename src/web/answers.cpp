// From an address to an answer. The addresses are a table, so that this file is also their list;
// page/openapi.json tells the same to programs.

#include "web/answers.h"

#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/failure.h"
#include "film/picture_file.h"
#include "web/cast_json.h"
#include "web/cast_list.h"
#include "web/edit_request.h"
#include "web/film_json.h"
#include "web/page_files.h"
#include "web/room_json.h"

namespace dramatis {
namespace {

using nlohmann::json;

/// What an address names: the number in it, if there is one.
struct Call {
  Room& room;
  const WebRequest& request;
  int number = 0;
};

struct NotFound {};

constexpr std::size_t kLongestPortraitName = 200;
constexpr const char* kOvertaken =
    "The run has found out more meanwhile, and the cast is another; look again, then decide.";
constexpr std::int64_t kMostDecisions = std::numeric_limits<std::int64_t>::max();

WebReply reply_with(const json& value) { return {.body = text_of(value)}; }

WebReply jpeg_reply(const Jpeg& jpeg, const WebRequest& request) {
  return {.type = "image/jpeg",
          .body = std::string(jpeg.begin(), jpeg.end()),
          .keep = request.query.contains("v")};
}

template <typename Number>
std::optional<Number> parsed(const std::string& text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <typename Number>
Number asked(const WebRequest& request, const std::string& name, Number otherwise, Number least,
             Number most) {
  const auto found = request.query.find(name);
  if (found == request.query.end()) return otherwise;
  const auto value = parsed<Number>(found->second);
  if (!value || !(*value >= least && *value <= most))
    throw usage_failure("'" + name + "' is not a number that can be used here.");
  return *value;
}

json body_of(const WebRequest& request) {
  if (request.content_type.rfind("application/json", 0) != 0)
    throw usage_failure("The request must be application/json.");
  json body = json::parse(request.body, nullptr, false);
  if (!body.is_object()) throw usage_failure("The request is no JSON object.");
  return body;
}

/// The answer is made while the cast stands still.
WebReply from_cast(Room& room, const std::function<json(CastEditor&)>& make) {
  json value;
  room.with_cast([&](CastEditor& editor) { value = make(editor); });
  return reply_with(value);
}

WebReply from_snapshot(const Call& call, const std::function<json(const Snapshot&)>& make) {
  return from_cast(call.room, [&](CastEditor& editor) { return make(editor.snapshot()); });
}

WebReply from_sight(const Call& call, const std::function<json(const Sight&)>& make) {
  json value;
  call.room.look([&](const Sight& sight) { value = make(sight); });
  return reply_with(value);
}

/// An edit that was decided on earlier results of a run, said of the persons as they are now.
/// Nothing where that cannot be: ids of tracks are given anew, and somebody may be nobody any more.
std::optional<json> said_of_now(json edit, const std::optional<Heirs>& heirs) {
  if (!heirs || edit.contains("tracks")) return std::nullopt;
  std::vector<json*> persons;
  if (edit.contains("person")) persons.push_back(&edit["person"]);
  if (edit.contains("people"))
    for (json& person : edit["people"]) persons.push_back(&person);
  for (json* person : persons) {
    const auto now = person->is_number_integer() ? heirs->find(person->get<int>()) : heirs->end();
    if (now == heirs->end()) return std::nullopt;
    *person = now->second;
  }
  return edit;
}

/// Somebody else's change is no mistake of this window: it is told apart from those.
WebReply changing(const Call& call, const std::function<json(CastEditor&, const json&)>& change) {
  json body = body_of(call.request);
  const auto seen = sequence_seen(body);
  const auto known = known_cast_in(body);
  std::optional<WebReply> conflict;
  json value;
  call.room.with_cast([&](CastEditor& editor) {
    editor.expect(seen);
    const auto version = known ? call.room.version_of_name(known->version) : editor.version();
    if (version != editor.version()) {
      auto today = said_of_now(body, version ? editor.heirs_since(*version) : std::nullopt);
      if (!today) {
        conflict = refusal(409, kOvertaken);
        return;
      }
      body = std::move(*today);
    }
    try {
      value = change(editor, body);
    } catch (const Failure& failure) {
      if (!seen || editor.history().last_sequence() == *seen) throw;
      conflict = refusal(409, failure.what());
    }
  });
  if (conflict) return *conflict;
  if (known) value["cast"] = call.room.cast(known);
  return reply_with(value);
}

/// ?since=SEQUENCE&version=VERSION: the cast that the window has.
std::optional<KnownCast> known_cast(const Call& call) {
  const auto version = call.request.query.find("version");
  if (version == call.request.query.end()) return std::nullopt;
  return KnownCast{asked<std::int64_t>(call.request, "since", 0, 0, kMostDecisions),
                   version->second};
}

StoredTrack track_of(const Call& call) {
  std::optional<StoredTrack> track;
  call.room.with_cast([&](CastEditor& editor) {
    const auto& tracks = editor.snapshot().tracks;
    const auto found = std::lower_bound(tracks.begin(), tracks.end(), call.number,
                                        [](const StoredTrack& t, int id) { return t.id < id; });
    if (found != tracks.end() && found->id == call.number) track = *found;
  });
  if (!track) throw NotFound{};
  return *track;
}

WebReply page(const std::string& name) {
  const auto ends_with = [&](const char* ending) {
    return name.size() > std::string_view(ending).size() &&
           name.compare(name.size() - std::string_view(ending).size(), std::string::npos, ending) ==
               0;
  };
  for (const PageFile& file : page_files()) {
    if (file.name != name) continue;
    const char* type = ends_with(".html")  ? "text/html; charset=utf-8"
                       : ends_with(".css") ? "text/css; charset=utf-8"
                       : ends_with(".js")  ? "text/javascript; charset=utf-8"
                       : ends_with(".svg") ? "image/svg+xml"
                                           : "application/json";
    return {.type = type, .body = std::string(file.bytes)};
  }
  throw NotFound{};
}

WebReply frame_answer(const Call& call) {
  const int width = asked(call.request, "width", 960, 16, 4096);
  const int track = asked(call.request, "track", 0, 0, std::numeric_limits<int>::max());
  const bool boxes = call.request.query.contains("boxes");
  std::optional<Picture> picture = call.room.film_pictures().frame(call.number, width);
  if (!picture) throw NotFound{};
  if (boxes || track != 0)
    call.room.with_cast(
        [&](CastEditor& editor) { draw_boxes(*picture, editor.snapshot(), call.number, track); });
  return jpeg_reply(encode_jpeg(*picture, 85), call.request);
}

WebReply seen_answer(const Call& call) {
  const RoomState state = call.room.state();
  const auto pictures = call.room.head_pictures().latest(state.frames_done, kHeadsSeen);
  const auto place = static_cast<std::size_t>(call.number);
  if (place >= pictures.size()) throw NotFound{};
  return jpeg_reply(pictures[place], call.request);
}

WebReply put_names(const Call& call) {
  const json names = store_cast_list(call.room.folder(), body_of(call.request));
  return reply_with({{"names", names}});
}

/// The name of whom a portrait shows.
std::string named(const WebRequest& request) {
  const auto found = request.query.find("name");
  if (found == request.query.end() || found->second.empty() ||
      found->second.size() > kLongestPortraitName)
    throw usage_failure("Say whose portrait it is: ?name=…, at most 200 bytes.");
  return found->second;
}

WebReply put_portrait(const Call& call) {
  const std::string name = named(call.request);
  const std::string& body = call.request.body;
  Picture picture;
  try {
    picture = decode_picture({body.begin(), body.end()});
  } catch (const Failure&) {
    throw usage_failure("That is no picture that can be read.");
  }
  return reply_with({{"name", name}, {"has_face", call.room.add_portrait(name, picture)}});
}

WebReply delete_portrait(const Call& call) {
  const std::string name = named(call.request);
  if (!call.room.forget_portrait(name)) throw NotFound{};
  return reply_with({{"name", name}});
}

struct Address {
  const char* method;
  const char* path;  ///< '#' stands for a number
  WebReply (*answer)(const Call&);
};

const Address kAddresses[] = {
    {"GET", "/", [](const Call&) { return page("index.html"); }},
    {"GET", "/api/openapi.json", [](const Call&) { return page("openapi.json"); }},
    {"GET", "/api/state", [](const Call& c) { return reply_with(state_json(c.room)); }},
    {"GET", "/api/events",
     [](const Call&) { return WebReply{.stream = WebReply::Stream::events}; }},
    {"GET", "/api/film", [](const Call&) { return WebReply{.stream = WebReply::Stream::film}; }},
    {"GET", "/api/frames/#.jpg", frame_answer},
    {"GET", "/api/seen/#.jpg", seen_answer},
    {"GET", "/api/tracks/#/face.jpg",
     [](const Call& c) { return jpeg_reply(c.room.head_pictures().face(track_of(c)), c.request); }},
    {"GET", "/api/tracks/#/strip.jpg",
     [](const Call& c) {
       const int heads = asked(c.request, "heads", 5, 1, 12);
       return jpeg_reply(c.room.head_pictures().strip(track_of(c), heads, 112), c.request);
     }},
    {"GET", "/api/cast", [](const Call& c) { return reply_with(c.room.cast(known_cast(c))); }},
    {"GET", "/api/people/#",
     [](const Call& c) {
       return from_sight(c, [&](const Sight& s) {
         if (!s.snapshot.view.find(c.number)) throw NotFound{};
         return person_json(s, c.number);
       });
     }},
    {"GET", "/api/questions", [](const Call& c) { return from_sight(c, questions_json); }},
    {"GET", "/api/timeline", [](const Call& c) { return from_snapshot(c, timeline_json); }},
    {"GET", "/api/heads",
     [](const Call& c) {
       const double from = asked(c.request, "from_s", 0.0, 0.0, 1e7);
       const double to = asked(c.request, "to_s", from + 10, 0.0, 1e7);
       return from_snapshot(c, [&](const Snapshot& s) { return heads_json(s, from, to); });
     }},
    {"GET", "/api/history",
     [](const Call& c) {
       return from_cast(c.room, [](CastEditor& e) { return history_json(e.history()); });
     }},
    {"POST", "/api/edits", [](const Call& c) { return changing(c, edit_json); }},
    {"POST", "/api/edits/preview", [](const Call& c) { return changing(c, preview_json); }},
    {"POST", "/api/undo",
     [](const Call& c) {
       return changing(
           c, [](CastEditor& e, const json&) { return result_json(e.undo(), e.history()); });
     }},
    {"POST", "/api/redo",
     [](const Call& c) {
       return changing(
           c, [](CastEditor& e, const json&) { return result_json(e.redo(), e.history()); });
     }},
    {"GET", "/api/cast-list",
     [](const Call& c) {
       return reply_with({{"names", cast_list_of(c.room.folder())}});
     }},
    {"PUT", "/api/cast-list", put_names},
    {"PUT", "/api/portraits", put_portrait},
    {"DELETE", "/api/portraits", delete_portrait},
};

/// The number at '#' (0 where there is none) if the path is this address.
std::optional<int> match(std::string_view address, const std::string& path) {
  const std::size_t at = address.find('#');
  if (at == std::string_view::npos) return address == path ? std::optional(0) : std::nullopt;
  const std::string_view before = address.substr(0, at), after = address.substr(at + 1);
  const bool fits = path.size() > before.size() + after.size() &&
                    path.compare(0, before.size(), before) == 0 &&
                    path.compare(path.size() - after.size(), after.size(), after) == 0;
  if (!fits) return std::nullopt;
  const auto number =
      parsed<int>(path.substr(before.size(), path.size() - before.size() - after.size()));
  return number && *number >= 0 ? number : std::nullopt;
}

WebReply dispatched(Room& room, const WebRequest& request) {
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  bool known = false;
  for (const Address& address : kAddresses)
    if (const auto number = match(address.path, request.path)) {
      if (method == address.method) return address.answer({room, request, *number});
      known = true;
    }
  if (known) return refusal(405, "This address is asked in another way.");
  constexpr std::string_view pages = "/page/";
  if (method == "GET" && request.path.compare(0, pages.size(), pages) == 0)
    return page(request.path.substr(pages.size()));
  throw NotFound{};
}

WebReply answer_to(const Failure& failure, Room& room) {
  switch (failure.kind()) {
    case FailureKind::usage:
      return refusal(400, failure.what());
    case FailureKind::model:
      return refusal(424, failure.what());
    case FailureKind::project:
      if (!room.state().ready)
        return refusal(503, "There is no cast yet: the film is still being looked at.");
      [[fallthrough]];
    default:
      return refusal(500, failure.what());
  }
}

}  // namespace

WebReply refusal(int status, const std::string& sentence) {
  return {.status = status, .body = text_of({{"error", sentence}})};
}

WebReply answer(Room& room, const WebRequest& request) {
  try {
    return dispatched(room, request);
  } catch (const NotFound&) {
    return refusal(404, "There is nothing at this address.");
  } catch (const Failure& failure) {
    return answer_to(failure, room);
  }
}

}  // namespace dramatis
