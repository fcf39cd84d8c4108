// A caller of the old API on the unmodified core of the official Node.js SDK.
//
// stdin: {client, values, calls}. `client` is code that makes a constant of that name, as callers write it, out of
// OcrClient, BasicCredentials, Region and the names in `values`. The last line of stdout is a JSON array with {response}
// or {exception} for each of `calls`, which are request bodies.
"use strict";

const { BasicCredentials } = require("@huaweicloud/huaweicloud-sdk-core");
const { ClientBuilder } = require("@huaweicloud/huaweicloud-sdk-core/ClientBuilder");
const { Region } = require("@huaweicloud/huaweicloud-sdk-core/region/region");

// The OCR package on top of the core adds no more than a description of each request.
class OcrClient {
  static newBuilder() {
    return new ClientBuilder((hcClient) => new OcrClient(hcClient));
  }

  constructor(hcClient) {
    this.hcClient = hcClient;
  }

  recognizeIdDocument(body) {
    return this.hcClient.sendRequest({
      method: "POST",
      url: "/v2/{project_id}/ocr/id-document",
      contentType: "application/json",
      queryParams: {},
      pathParams: {},
      headers: { "Enterprise-Project-Id": "0" },
      data: body,
      responseHeaders: ["X-Request-Id"],
    });
  }
}

function make({ client, values }) {
  const known = { OcrClient, BasicCredentials, Region, ...values };
  return new Function(...Object.keys(known), `${client}\nreturn client;`)(...Object.values(known));
}

async function answer(client, body) {
  try {
    return { response: await client.recognizeIdDocument(body) };
  } catch (error) {
    const { httpStatusCode, errorCode, errorMsg, requestId } = error;
    return { exception: { name: error.constructor.name, httpStatusCode, errorCode, errorMsg, requestId } };
  }
}

async function main() {
  const input = [];
  for await (const chunk of process.stdin) input.push(chunk);
  const { calls, ...rest } = JSON.parse(Buffer.concat(input).toString());
  const client = make(rest);
  const answers = [];
  for (const body of calls) answers.push(await answer(client, body));
  process.stdout.write(`\n${JSON.stringify(answers)}\n`);
}

main();
