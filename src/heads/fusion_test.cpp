#include "heads/fusion.h"

#include <gtest/gtest.h>

#include "heads/fused_head_detector.h"
#include "heads/head_from_face.h"

namespace dramatis {
namespace {

Head head_at(Box box, float score, HeadSource source = HeadSource::keypoints) {
  Head head;
  head.box = box;
  head.score = score;
  head.source = source;
  if (source == HeadSource::face) head.face = Face{box, {}, score};
  return head;
}

TEST(Fusion, OneHeadSeenTwiceKeepsTheFacesBoxAndGainsTrust) {
  const auto heads = fused({head_at({100, 100, 80, 100}, 0.6f, HeadSource::face)},
                           {head_at({104, 96, 84, 104}, 0.5f)});
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads[0].box, (Box{100, 100, 80, 100}));
  EXPECT_EQ(heads[0].source, HeadSource::face);
  EXPECT_TRUE(heads[0].face);
  EXPECT_NEAR(heads[0].score, 0.8f, 1e-6);
}

TEST(Fusion, HeadsSeenByOneEyeAloneStay) {
  const auto heads = fused({head_at({100, 100, 80, 100}, 0.9f, HeadSource::face)},
                           {head_at({400, 100, 80, 100}, 0.4f)});
  ASSERT_EQ(heads.size(), 2u);
  EXPECT_FALSE(heads[1].face);
  EXPECT_EQ(heads[1].source, HeadSource::keypoints);
}

TEST(Fusion, TwoHeadsCheekToCheekEachFindTheirOwn) {
  const auto heads = fused({head_at({100, 100, 80, 100}, 0.9f, HeadSource::face),
                            head_at({160, 100, 80, 100}, 0.8f, HeadSource::face)},
                           {head_at({165, 104, 80, 100}, 0.5f), head_at({104, 96, 84, 100}, 0.5f)});
  ASSERT_EQ(heads.size(), 2u);
  EXPECT_GT(heads[1].score, 0.85f);
}

TEST(Fusion, AWeakFaceInTheHairOfABigHeadGivesWay) {
  const Head back_of_head = head_at({100, 100, 200, 240}, 0.5f);
  const auto heads = fused({head_at({150, 150, 60, 70}, 0.35f, HeadSource::face)}, {back_of_head});
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads[0].box, back_of_head.box);
  EXPECT_FALSE(heads[0].face);
}

TEST(Fusion, ASureFaceInKeypointsThatClaimTooMuchIsTheHead) {
  const auto heads = fused({head_at({150, 150, 80, 100}, 0.8f, HeadSource::face)},
                           {head_at({100, 100, 200, 220}, 0.3f)});
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads[0].box, (Box{150, 150, 80, 100}));
}

TEST(Fusion, KeypointsOfTwoPeopleMixedUpAreNoThirdHead) {
  const Head face = head_at({150, 150, 80, 100}, 0.8f, HeadSource::face);
  const auto heads =
      fused({face}, {head_at({152, 148, 80, 100}, 0.5f), head_at({110, 130, 150, 150}, 0.3f)});
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads[0].box, face.box);
}

TEST(Fusion, AHeadNetworkGivesTheBoxAndTakesOverTheFace) {
  const auto heads = fused({head_at({100, 100, 80, 100}, 0.6f, HeadSource::face)},
                           {head_at({95, 90, 90, 115}, 0.7f, HeadSource::head_network)});
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads[0].box, (Box{95, 90, 90, 115}));
  EXPECT_EQ(heads[0].source, HeadSource::head_network);
  EXPECT_TRUE(heads[0].face);
}

TEST(InPicture, ShowsTheVisiblePartAndDropsWhatHasLeft) {
  const auto heads = in_picture({head_at({-20, -30, 100, 130}, 0.9f),
                                 head_at({-90, 10, 100, 100}, 0.8f), head_at({10, 10, 3, 3}, 0.7f)},
                                640, 360);
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads[0].box, (Box{0, 0, 80, 100}));
}

/// Detectors that find exactly what they are told to.
struct ToldFaces : FaceDetector {
  std::vector<Face> faces;
  std::vector<Face> detect(const Frame&) override { return faces; }
};
struct ToldHeads : HeadDetector {
  std::vector<Head> heads;
  int asked = 0;
  std::vector<Head> detect(const Frame&, const LookFor&) override {
    ++asked;
    return heads;
  }
};

TEST(FusedHeadDetector, AFaceHasTheSameBoxWhetherOrNotBodiesWereSought) {
  const Face face{
      {100, 100, 77, 100}, {{123, 140}, {154, 140}, {138, 160}, {127, 180}, {150, 180}}, 0.8f};
  auto faces = std::make_unique<ToldFaces>();
  faces->faces = {face};
  auto others = std::make_unique<ToldHeads>();
  ToldHeads* bodies = others.get();
  Box near = head_box_from_face(face);
  near.x += 12;
  others->heads = {head_at(near, 0.5f), head_at({400, 50, 40, 50}, 0.4f)};
  FusedHeadDetector detector(std::move(faces), std::move(others), {}, 1);
  const Frame frame = Frame::of_picture(Picture(360, 640, CV_8UC3, cv::Scalar::all(0)));

  const auto faces_only = detector.detect(frame, {.faces = true, .bodies = false});
  EXPECT_EQ(bodies->asked, 0);
  const auto both = detector.detect(frame, {.faces = true, .bodies = true});
  ASSERT_EQ(faces_only.size(), 1u);
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].box, faces_only[0].box);
  const auto bodies_only = detector.detect(frame, {.faces = false, .bodies = true});
  EXPECT_EQ(bodies_only.size(), 2u);
  EXPECT_FALSE(bodies_only[0].face);
}

}  // namespace
}  // namespace dramatis
