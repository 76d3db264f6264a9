/** The page's scripts in one file: each start function does nothing on pages that do not need it. */
import { startBoard } from "./board.js";
import { startCards } from "./cards.js";
import { startClock } from "./clock.js";
import { startDesk } from "./desk.js";
import { startDialogs } from "./dialogs.js";
import { startExpected } from "./expected.js";
import { startFields } from "./fields.js";
import { startFolder } from "./folder.js";
import { startHost } from "./host.js";
import { startKept } from "./kept.js";
import { startLive } from "./live.js";
import { startMine } from "./mine.js";
import { startNewBar } from "./newbar.js";
import { startNotices } from "./notices.js";
import { startOrder } from "./order.js";
import { startOwnPlan } from "./own-plan.js";
import { startPairing } from "./pairing.js";
import { startPasskey } from "./passkey.js";
import { startPlanning } from "./planning.js";
import { startPost } from "./post.js";
import { startPresence } from "./presence.js";
import { startPush } from "./push.js";
import { startQueue } from "./queue.js";
import { startRefresh } from "./refresh.js";
import { startScan } from "./scan.js";
import { startSending } from "./sending.js";
import { startSimilar } from "./similar.js";
import { startSpeech } from "./speech.js";
import { startStage } from "./stage.js";
import { startUpload } from "./upload.js";
import { startView } from "./view.js";

const parts = [
  startClock, startOrder, startNewBar, startFields, startHost, startPresence, startNotices, startPush,
  startKept, startOwnPlan, startQueue, startMine, startSending, startPost, startDialogs, startDesk,
  startExpected, startBoard, startCards, startScan, startFolder, startPasskey, startPlanning, startPairing,
  startSimilar, startSpeech, startStage, startUpload, startRefresh, startLive,
];

const SLICE = 5; // milliseconds: on a slow phone about 20, which no finger notices

/** Starts the parts in their order; between slices of time the browser may paint and answer. */
async function startParts() {
  let until = 0; // reading this file was a task's work already
  for (const start of parts) {
    if (performance.now() > until) {
      await nextTask();
      until = performance.now() + SLICE;
    }
    start();
  }
}

/** Ends the running task. A message and no timer: pages in the background wait a second for each of those. */
function nextTask() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resume) => {
    port1.onmessage = () => {
      port1.close();
      resume();
    };
    port2.postMessage(null);
  });
}

document.documentElement.classList.add("has-script");
startView();
startParts();
