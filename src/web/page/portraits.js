// A picture of each cast member: whoever looks like one gets a suggestion, never a name.

import { notice } from "./notices.js";
import { room } from "./room.js";
import { counted, listed } from "./words.js";

const kLongestSide_px = 1000;

/** The picture made smaller, as a JPEG: a camera's file is larger than the room takes. */
async function shrunk(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, kLongestSide_px / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
}

const nameOf = (file) => file.name.replace(/\.[^.]*$/, "").replaceAll("_", " ").trim();

/** `files`: their names are those of the people in them. */
export async function bringPortraits(files) {
  const faceless = [];
  for (const file of files) {
    try {
      if (!(await room.bringPortrait(nameOf(file), await shrunk(file)))) faceless.push(file.name);
    } catch (error) {
      if (error.status) return notice(error.message, { bad: true });
      faceless.push(file.name); // no picture that the browser knows
    }
  }
  await room.refresh();
  const found = room.cast.suggestions.length;
  notice(`${counted(files.length - faceless.length, "portrait")} read; ${found ? `${counted(found, "person may be one of them", "persons may be one of them")}: say yes or no on their cards` : "nobody without a name looks like any of them"}.`,
    { notes: faceless.length ? [`No face in ${listed(faceless)}.`] : [] });
}
