#pragma once

// Records that more than one kind of blob holds. Used inside this folder only.

#include "base/geometry.h"
#include "faces/face.h"
#include "project/blob.h"

namespace dramatis {

constexpr std::size_t kBoxBytes = 4 * sizeof(float);
constexpr std::size_t kFaceBytes = kBoxBytes + 10 * sizeof(float) + sizeof(float);

inline void put_box(BlobWriter& writer, const Box& box) {
  for (const float value : {box.x, box.y, box.width, box.height}) writer.put(value);
}

inline Box take_box(BlobReader& reader) {
  Box box;
  for (float* value : {&box.x, &box.y, &box.width, &box.height}) *value = reader.take<float>();
  return box;
}

inline void put_face(BlobWriter& writer, const Face& face) {
  put_box(writer, face.box);
  for (const Point& point : face.landmarks.points()) {
    writer.put(point.x);
    writer.put(point.y);
  }
  writer.put(face.score);
}

inline Face take_face(BlobReader& reader) {
  Face face;
  face.box = take_box(reader);
  Landmarks& places = face.landmarks;
  for (Point* point : {&places.left_eye, &places.right_eye, &places.nose, &places.left_mouth_corner,
                       &places.right_mouth_corner}) {
    point->x = reader.take<float>();
    point->y = reader.take<float>();
  }
  face.score = reader.take<float>();
  return face;
}

}  // namespace dramatis
