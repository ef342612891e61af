#include "render/person_colour.h"

#include <gtest/gtest.h>

#include <cmath>

namespace dramatis {
namespace {

double difference(const Colour& a, const Colour& b) {
  return std::sqrt(std::pow(a[0] - b[0], 2) + std::pow(a[1] - b[1], 2) + std::pow(a[2] - b[2], 2));
}

TEST(PersonColour, TellsTheFirstPeopleApart) {
  for (int a = 0; a < 12; ++a)
    for (int b = a + 1; b < 12; ++b)
      EXPECT_GT(difference(person_colour(a), person_colour(b)), 35) << a << " " << b;
}

TEST(PersonColour, IsDistinctForManyAndGreyForNobody) {
  for (int a = 0; a < 60; ++a)
    for (int b = a + 1; b < 60; ++b) EXPECT_NE(person_colour(a), person_colour(b)) << a << " " << b;
  const Colour nobody = person_colour(-1);
  EXPECT_EQ(nobody[0], nobody[1]);
  EXPECT_EQ(nobody[1], nobody[2]);
}

TEST(TextColour, ReadsOnEveryBackground) {
  EXPECT_GT(text_colour_on({0, 0, 0})[0], 200);
  EXPECT_LT(text_colour_on({255, 255, 255})[0], 50);
  EXPECT_GT(text_colour_on({255, 0, 0})[0], 200);   // white on blue
  EXPECT_LT(text_colour_on({0, 255, 255})[0], 50);  // black on yellow
}

}  // namespace
}  // namespace dramatis
