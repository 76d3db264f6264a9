/** The page's scripts in one file: each start function does nothing on pages that do not need it. */
import { startBoard } from "./board.js";
import { startClock } from "./clock.js";
import { startDesk } from "./desk.js";
import { startDialogs } from "./dialogs.js";
import { startFields } from "./fields.js";
import { startHost } from "./host.js";
import { startLive } from "./live.js";
import { startMine } from "./mine.js";
import { startNewBar } from "./newbar.js";
import { startOrder } from "./order.js";
import { startPairing } from "./pairing.js";
import { startPasskey } from "./passkey.js";
import { startPresence } from "./presence.js";

document.documentElement.classList.add("has-script");
startClock();
startOrder();
startNewBar();
startFields();
startHost();
startPresence();
startMine();
startDialogs();
startDesk();
startBoard();
startPasskey();
startPairing();
startLive();
