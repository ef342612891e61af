#pragma once

#include "base/geometry.h"
#include "faces/face.h"

namespace dramatis {

/// The whole head round a face: crown to chin, with hair and ears. Not yet clipped to the picture.
///
/// A face box ends at the forehead, and on a turned head it covers only the front: the back of the
/// skull lies on the side that the nose points away from. The box is that of an ellipse whose axis
/// is the line from mouth to eyes; its size comes from the face's height alone, which changes least
/// with expression and turning. Figures fitted by eye, see docs/heads.md.
Box head_box_from_face(const Face& face, float pixel_aspect = 1);

}  // namespace dramatis
