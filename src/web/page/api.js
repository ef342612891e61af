// The interface of openapi.json, from the page's side.

export class Refused extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

async function call(method, path, body) {
  const options = { method, headers: {}, credentials: "same-origin" };
  if (body !== undefined) {
    const isPicture = body instanceof Blob;
    options.headers["Content-Type"] = isPicture ? body.type : "application/json";
    options.body = isPicture ? body : JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused(0, "The room does not answer. Is 'dramatis serve' still running?");
  }
  const answer = await response.json().catch(() => ({ error: `The room answered with ${response.status}.` }));
  if (!response.ok) throw new Refused(response.status, answer.error);
  return answer;
}

export const remove = (path) => call("DELETE", path);
export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
export const put = (path, body) => call("PUT", path, body);
